// Both desks of a development deployment, of a party of their own that enters the registry when one is first needed. Every
// token is a function of its keys, down to its bytes: signed again after a restart, it is the same token.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { RegistryView } from '@unbroken/chains';
import type { Intake } from '@unbroken/intake';
import { makeOnce, readIfThere } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import {
  base64url,
  exportPrivateJwk,
  generateSigner,
  importPrivateJwk,
  mintToken,
  parseToken,
  proofOfPossession,
} from '@unbroken/tokens';
import type { Jti, PartyId, PrivateJwk, Signer } from '@unbroken/tokens';
import type { Desk, DeskName, Desks } from './desks.js';

export const DEVELOPMENT_PARTY = 'unbroken-desk' as PartyId;

/** What a stranger said on a page is no better than what a system without devices says. */
const enrolments = {
  finder: { use: 'gateway', roles: ['finder-desk'] },
  code: { use: 'code-desk', roles: [] },
} as const satisfies Record<DeskName, object>;

export interface DevelopmentDesksParts {
  readonly intake: Pick<Intake, 'read' | 'take'>;
  readonly view: Pick<RegistryView, 'registry' | 'deployment'>;
  readonly clock: Clock;
  readonly stateDir: string;
}

interface KeyFile {
  readonly root: PrivateJwk;
  readonly next: PrivateJwk;
  readonly finder: PrivateJwk;
  readonly code: PrivateJwk;
  /** Seconds since the epoch. */
  readonly madeAt: number;
}

type Keys = Readonly<Record<'root' | 'next' | DeskName, Signer>>;

export class DevelopmentDesks implements Desks {
  #entered: Promise<Keys> | undefined;

  constructor(private readonly parts: DevelopmentDesksParts) {}

  has(): boolean {
    return true;
  }

  async open(name: DeskName): Promise<Desk> {
    this.#entered ??= this.#enter();
    // What failed is tried again the next time.
    this.#entered.catch(() => (this.#entered = undefined));
    return { party: DEVELOPMENT_PARTY, signer: (await this.#entered)[name] };
  }

  /** A crash before the intake has the tokens has them signed again, the same; what it has reaches the log. */
  async #enter(): Promise<Keys> {
    const { intake, view, clock, stateDir } = this.parts;
    const path = join(stateDir, 'keys', 'desk.json');
    const text = (await readIfThere(path)) ?? (await makeOnce(path, await newKeyFile(clock.now())));
    const file = JSON.parse(text) as KeyFile;
    const [root, next, finder, code] = await Promise.all(
      [file.root, file.next, file.finder, file.code].map(async (jwk) => (await importPrivateJwk(jwk)).signer),
    );
    if (!root || !next || !finder || !code) throw new Error(`${path} lacks a key`);
    const known = view.registry.party(DEVELOPMENT_PARTY);
    if (known !== undefined && known.rootKid !== root.kid) {
      throw new Error(`${DEVELOPMENT_PARTY} is established with another key than that of ${path}`);
    }
    const keys = { root, next, finder, code };
    const tokens = await partyTokens(keys, view.deployment, file.madeAt);
    await intake.take(intake.read(tokens.map((token) => Buffer.from(token))));
    return keys;
  }
}

/** The chain of the desks' party, in order. */
async function partyTokens(keys: Keys, deployment: string, iat: number): Promise<string[]> {
  const { root, next } = keys;
  const common = { iss: DEVELOPMENT_PARTY, sub: DEVELOPMENT_PARTY, iat };
  const opening = { evt: 'established', seq: 0, aud: deployment, name: 'Finder’s desk', roles: ['finder-desk'] };
  const jti = (what: string) => jtiFrom(`${what}.${root.kid}`);
  const tokens = [
    await mintToken({ ...common, jti: jti('established'), ...opening, jwk: root.jwk, next: next.kid }, root),
  ];
  for (const name of ['finder', 'code'] as const) {
    const prev = parseToken(tokens.at(-1) ?? '').tid;
    const pop = await proofOfPossession(keys[name], DEVELOPMENT_PARTY, root.kid);
    const said = { evt: 'enrolled', prev, seq: tokens.length, jwk: keys[name].jwk, pop, ...enrolments[name] };
    tokens.push(await mintToken({ ...common, jti: jti(name), ...said }, root));
  }
  return tokens;
}

async function newKeyFile(now: number): Promise<string> {
  const [root, next, finder, code] = [await newKey(), await newKey(), await newKey(), await newKey()];
  const file: KeyFile = { root, next, finder, code, madeAt: Math.floor(now / 1000) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Ed25519, because its signatures are the same each time. */
const newKey = async (): Promise<PrivateJwk> =>
  exportPrivateJwk((await generateSigner('Ed25519', { extractable: true })).privateKey);

const jtiFrom = (what: string): Jti =>
  base64url.encode(createHash('sha256').update(what).digest().subarray(0, 16)) as Jti;
