// Has the checkpoints of one log cosigned while this process is the writer. Nothing waits for it: recording and signing go
// on whatever a witness does, and a witness that is slow is asked again when it has answered.
//
// One thing a witness can do: say that it has seen more than is signed here. Then nothing is signed any more, for it
// would be a second history, and a person is told what to do.

import { Sleeper, backoffMs } from '@unbroken/platform';
import { formatNote, parseCheckpoint, parseNote, signNote, withSignatures } from '@unbroken/tlog';
import type { NoteSignature, SignedNote } from '@unbroken/tlog';
import type { DataSource } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import type { LogName } from '../logs.js';
import type { LogKeys } from '../sign/log-keys.js';
import { storedNote } from '../sign/signed.js';
import { storedNodes } from '../sign/stored-tree.js';
import { OneWitness, emptyCheckpoint } from './one-witness.js';
import type { SignedTree } from './one-witness.js';
import { enoughOf } from './witness-list.js';
import type { WitnessList } from './witness-list.js';
import { storeWitnessed } from './witnessed-note.js';

const AT_MOST_EVERY_MS = 1_000;
const POLL_MS = 5_000;
/** So long is waited at the start for what witnesses have seen; one that is not there is not waited for. */
const CONSULT_MS = 2_000;

export interface WitnessingPorts {
  readonly dataSource: DataSource;
  readonly log: LogName;
  readonly keys: LogKeys;
  readonly list: WitnessList;
}

/** Cosignatures of one checkpoint, for as long as somebody is still asked for it. */
interface Gathering {
  readonly tree: SignedTree;
  readonly signatures: NoteSignature[];
  asked: number;
}

export class Witnessing implements Duty {
  readonly #ports: WitnessingPorts;
  readonly #witnesses: readonly OneWitness[];
  readonly #gatherings = new Map<string, Gathering>();
  readonly #rest = new Sleeper();
  readonly #poll = new Sleeper();
  #ending = new AbortController();
  #running: Promise<void> | undefined;
  #consulted: Promise<void> = Promise.resolve();
  #asking: Promise<unknown>[] = [];
  #storing: Promise<unknown> = Promise.resolve();
  /** The text that was asked about last, and of whom. */
  #newest: string | undefined;
  readonly #cosigned = new Map<OneWitness, string>();
  #isNew = false;

  constructor(ports: WitnessingPorts) {
    this.#ports = ports;
    this.#witnesses = ports.list.witnesses.map((listed) => new OneWitness(listed));
  }

  /** Why nothing may be signed; asked before each signature. Waits at the start, and not for long, for the witnesses. */
  async forbidden(): Promise<string | undefined> {
    await this.#consulted;
    return this.contradiction;
  }

  /** What a witness has seen that is not signed here; undefined while all is well. */
  get contradiction(): string | undefined {
    return this.#witnesses.map(({ contradiction }) => contradiction).find((why) => why !== undefined);
  }

  /** Those that do not answer, and why. */
  get silent(): readonly string[] {
    return this.#witnesses.flatMap(({ listed, silence }) =>
      silence === undefined ? [] : [`${listed.name}: ${silence}`],
    );
  }

  /** Returns at once. */
  start(): void {
    if (this.#witnesses.length === 0) return;
    this.#ending = new AbortController();
    let consulted: () => void = () => undefined;
    this.#consulted = new Promise((resolve) => (consulted = resolve));
    const late = setTimeout(consulted, CONSULT_MS);
    this.#running = this.#run(() => {
      clearTimeout(late);
      consulted();
    });
  }

  /** A checkpoint was signed: it is shown now and not at the next poll. */
  signed(): void {
    this.#isNew = true;
    this.#poll.wake();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#rest.wake();
    this.#poll.wake();
    await this.#running;
    await Promise.all(this.#asking);
    await this.#storing;
  }

  async #run(consulted: () => void): Promise<void> {
    let failures = 0;
    let isFirst = true;
    while (!this.#ending.signal.aborted) {
      this.#isNew = false;
      try {
        await this.#round();
        failures = 0;
      } catch (error) {
        failures += 1;
        log.warn('witnessing.failed', { log: this.#ports.log, attempt: failures }, error);
      }
      if (isFirst) void Promise.all(this.#asking).then(consulted);
      isFirst = false;
      await this.#rest.sleep(failures > 0 ? backoffMs(failures) : AT_MOST_EVERY_MS);
      if (this.#isIdle()) await this.#poll.sleep(this.#pollMs());
    }
    consulted();
  }

  /** Asked anew after each wait. */
  #isIdle(): boolean {
    return !this.#isNew && !this.#ending.signal.aborted;
  }

  /** Sooner where a witness is to be asked again. */
  #pollMs(): number {
    return this.#witnesses.some(({ silence }) => silence !== undefined) ? AT_MOST_EVERY_MS : POLL_MS;
  }

  /** Shows the newest checkpoint to every witness that is free and has not cosigned it. */
  async #round(): Promise<void> {
    const note = await this.#newestNote();
    const free = this.#witnesses.filter((one) => one.isFree(Date.now()) && this.#cosigned.get(one) !== note.text);
    if (free.length === 0) return;
    const { dataSource, log: name } = this.#ports;
    const { size } = parseCheckpoint(note.text);
    this.#newest = note.text;
    const gathering = this.#gatherings.get(note.text) ?? {
      tree: { note, size, nodes: storedNodes(dataSource, name, size) },
      signatures: [],
      asked: 0,
    };
    this.#gatherings.set(note.text, gathering);
    this.#asking = free.map((witness) => this.#ask(witness, gathering));
  }

  /** Before the first one there is nothing to show but a log of no entries, which tells what a witness has seen. */
  async #newestNote(): Promise<SignedNote> {
    const { dataSource, log: name, keys } = this.#ports;
    const stored = await storedNote(dataSource, name);
    if (stored !== undefined) return parseNote(stored);
    const key = await keys.of(name);
    const text = emptyCheckpoint(key.key.name);
    return { text, signatures: [await signNote(text, key)] };
  }

  async #ask(witness: OneWitness, gathering: Gathering): Promise<void> {
    const { dataSource, log: name } = this.#ports;
    const newest = async () => {
      const stored = await storedNote(dataSource, name);
      return stored === undefined ? 0 : parseCheckpoint(parseNote(stored).text).size;
    };
    const before = witness.contradiction;
    gathering.asked += 1;
    const signature = await witness.ask(gathering.tree, newest, this.#ending.signal);
    gathering.asked -= 1;
    if (signature === undefined) this.#tell(witness, before);
    else {
      this.#cosigned.set(witness, gathering.tree.note.text);
      this.#gather(gathering, signature);
    }
    if (gathering.asked === 0 && gathering.tree.note.text !== this.#newest)
      this.#gatherings.delete(gathering.tree.note.text);
  }

  #tell(witness: OneWitness, before: string | undefined): void {
    const { contradiction, silence, failures, listed } = witness;
    if (this.#ending.signal.aborted) return;
    if (failures > 0) witness.waitUntil(Date.now() + backoffMs(failures));
    if (contradiction !== undefined && contradiction !== before) {
      log.error('witness.contradicts', { log: this.#ports.log, why: contradiction });
    } else if (failures === 1) log.warn('witness.silent', { witness: listed.name, why: silence ?? '' });
  }

  #gather({ tree, signatures }: Gathering, signature: NoteSignature): void {
    const { dataSource, log: name, list } = this.#ports;
    signatures.push(signature);
    if (tree.size === 0 || signatures.length < enoughOf(list)) return;
    const note = formatNote(withSignatures(tree.note, signatures));
    this.#storing = this.#storing
      .then(() => storeWitnessed(dataSource, name, { size: tree.size, note }))
      .catch((error: unknown) => log.warn('witnessing.failed', { log: name, attempt: 1 }, error));
  }
}
