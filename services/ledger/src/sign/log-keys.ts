// The keys that the logs of a deployment sign with, Ed25519, in `<state>/keys`. Each is made once, with its log: verifiers
// know the log by it, so a lost one is put back and never made anew.

import { join } from 'node:path';
import { promiseKey } from '@unbroken/intake';
import { makeOnce, readIfThere } from '@unbroken/platform';
import { formatVkey, verifierKey } from '@unbroken/tlog';
import type { NoteSigner } from '@unbroken/tlog';
import { base64url, exportPrivateJwk, generateSigner, importPrivateJwk } from '@unbroken/tokens';
import type { PublicJwk } from '@unbroken/tokens';
import { fileNameOf, originOf } from '../logs.js';
import type { LogName } from '../logs.js';
import { LogRewritten } from './log-rewritten.js';
import { OutsideCopy } from './outside-copy.js';
import { OpeningsLostNotes } from '../openings/openings-lost.js';
import { Successions } from '../succeed/successions.js';

export interface LogKey extends NoteSigner {
  /** What verifiers are told (https://c2sp.org/signed-note). */
  readonly vkey: string;
}

export class LogKeys {
  readonly #keys = new Map<LogName, Promise<LogKey>>();
  #promises: ReturnType<typeof promiseKey> | undefined;
  /** Which of the logs have ended. */
  readonly successions: Successions;
  /** What the logs have said to be lost of who has seen what. */
  readonly openingsLost: OpeningsLostNotes;

  constructor(
    private readonly stateDir: string,
    readonly deployment: string,
  ) {
    this.successions = new Successions(stateDir, deployment);
    this.openingsLost = new OpeningsLostNotes(stateDir, deployment, (log) => this.ifThere(log));
  }

  /** The log's key, made if there is none. @throws Error when the file holds something else */
  of(log: LogName): Promise<LogKey> {
    const known = this.#keys.get(log) ?? this.#read(log);
    this.#keys.set(log, known);
    known.catch(() => this.#keys.delete(log));
    return known;
  }

  /** The public half of the key that intakes sign their promises with, told in the trust policy. */
  async ofPromises(): Promise<PublicJwk> {
    this.#promises ??= promiseKey(this.stateDir);
    this.#promises.catch(() => (this.#promises = undefined));
    return (await this.#promises).jwk;
  }

  /** The log's key as its file is now; undefined where there is none: this never makes one. */
  async ifThere(log: LogName): Promise<LogKey | undefined> {
    const text = await readIfThere(this.path(log));
    return text === undefined ? undefined : this.#read(log);
  }

  /** The file that holds the log's key. */
  path(log: LogName): string {
    return join(this.stateDir, 'keys', `log-${fileNameOf(log)}.json`);
  }

  /** Where the log's checkpoints lie outside the database. */
  outside(log: LogName): OutsideCopy {
    return new OutsideCopy(join(this.stateDir, 'checkpoints', fileNameOf(log)));
  }

  async #read(log: LogName): Promise<LogKey> {
    const path = this.path(log);
    const text = (await readIfThere(path)) ?? (await this.#make(log, path));
    const { signer } = await importPrivateJwk(JSON.parse(text));
    const publicKey = base64url.decodeStrict(signer.jwk.x);
    if (publicKey === null || signer.alg !== 'Ed25519') throw new Error(`${path} does not hold an Ed25519 key`);
    const key = verifierKey(originOf(log, this.deployment), 'ed25519', publicKey);
    return { key, vkey: formatVkey(key), sign: (bytes) => signer.sign(bytes) };
  }

  async #make(log: LogName, path: string): Promise<string> {
    if ((await this.outside(log).last()) !== undefined)
      throw new LogRewritten(`${path} is missing, the key that ${log} has signed with. Put it back`);
    return makeOnce(path, await newKeyFile());
  }
}

async function newKeyFile(): Promise<string> {
  const { privateKey } = await generateSigner('Ed25519', { extractable: true });
  return `${JSON.stringify(await exportPrivateJwk(privateKey), null, 2)}\n`;
}
