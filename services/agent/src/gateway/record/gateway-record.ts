// What the gateway remembers, on the disk: which scans it has taken, where each of them is on its way to the log, and which
// chains there are to hang them on. One key-value store in one folder: every step of a scan is one synced, atomic write of
// many scans, looked up by key in bounded memory however many there are, and whoever has it open is alone, for the kernel
// holds the lock and lets go of it when the process dies.
//
//   t!NO                     taken, to be signed
//   w!SCHEME!NUMBER!WHEN!SRC waiting for the registration of its parcel
//   o!NO                     signed, to be recorded by the hub
//   r!SRC!NUMBER             refused by the hub, with its reason
//   k!SRC!SCHEME!NUMBER      known: the ids of its tokens, none before it is signed
//   n!SCHEME!NUMBER!SUB      a chain by its number: when it was registered
//   s!SUB                    where the chain's line stands, as far as it was heard of
//   l!SUB                    the newest line token that the gateway has signed itself
//   m!NAME                   how far a file of the copy was read; which key was seen to count

import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { scan } from '../read/scan.js';
import type { Scan } from '../read/scan.js';
import { RecordBusy } from './record-busy.js';

/** A signed token on its way. */
const outgoing = z.strictObject({ token: z.string(), tid: z.string(), sub: z.string(), scan });
export type Outgoing = z.infer<typeof outgoing>;

const refusedScan = z.strictObject({ tid: z.string(), code: z.string(), what: z.string(), cure: z.string(), scan });
export type RefusedScan = z.infer<typeof refusedScan>;

/** One write: a value, or undefined to take the key away. */
export type Change = readonly [key: string, value: unknown];

export interface Queued<T> {
  readonly key: string;
  readonly value: T;
}

const NUMBER_DIGITS = 15;
const padded = (no: number): string => String(no).padStart(NUMBER_DIGITS, '0');

/** All keys that begin with it. The letters of keys are ASCII. */
const within = (prefix: string) => ({ gte: prefix, lt: `${prefix}\u007f` });

export const keys = {
  taken: (no: number) => `t!${padded(no)}`,
  outgoing: (no: number) => `o!${padded(no)}`,
  waiting: ({ scheme, number, when, src }: Scan) => `w!${scheme}!${number}!${padded(when)}!${src}`,
  refused: ({ src, number }: Scan) => `r!${src}!${number}`,
  known: ({ src, scheme, number }: Pick<Scan, 'src' | 'scheme' | 'number'>) => `k!${src}!${scheme}!${number}`,
  numbered: (scheme: string, number: string, sub = '') => `n!${scheme}!${number}!${sub}`,
  chain: (sub: string) => `s!${sub}`,
  ownLine: (sub: string) => `l!${sub}`,
  mark: (name: string) => `m!${name}`,
} as const;

export class GatewayRecord {
  #nextTaken = 0;
  #nextOutgoing = 0;

  private constructor(private readonly level: ClassicLevel<string, unknown>) {}

  /**
   * Opens it, made if it is not there. To be closed.
   * @throws RecordBusy while another process has it open
   */
  static async open(folder: string): Promise<GatewayRecord> {
    const level = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' });
    try {
      await level.open();
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      if (cause?.code === 'LEVEL_LOCKED') throw new RecordBusy(folder);
      throw error;
    }
    const record = new GatewayRecord(level);
    record.#nextTaken = await record.#behindLast('t!');
    record.#nextOutgoing = await record.#behindLast('o!');
    return record;
  }

  close(): Promise<void> {
    return this.level.close();
  }

  /** All of it or, after a crash, nothing; on the disk when it resolves. */
  async write(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    await this.level.batch(
      changes.map(([key, value]) =>
        value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value },
      ),
      { sync: true },
    );
  }

  /** The key of the next one behind all others; each answer is another. */
  nextTakenKey(): string {
    return keys.taken(this.#nextTaken++);
  }

  nextOutgoingKey(): string {
    return keys.outgoing(this.#nextOutgoing++);
  }

  get(key: string): Promise<unknown> {
    return this.level.get(key);
  }

  getMany(wanted: readonly string[]): Promise<unknown[]> {
    return this.level.getMany([...wanted]);
  }

  /** The oldest that are to be signed. */
  taken(limit: number): Promise<Queued<Scan>[]> {
    return this.#read('t!', scan, limit);
  }

  /** The oldest that are to be recorded by the hub. */
  outgoing(limit: number): Promise<Queued<Outgoing>[]> {
    return this.#read('o!', outgoing, limit);
  }

  /** Those that wait for this number, the earliest scan first. */
  waitingFor(scheme: string, number: string): Promise<Queued<Scan>[]> {
    return this.#read(`w!${scheme}!${number}!`, scan);
  }

  waiting(limit?: number): Promise<Queued<Scan>[]> {
    return this.#read('w!', scan, limit);
  }

  async *eachWaiting(): AsyncGenerator<Scan> {
    for await (const value of this.level.values(within('w!'))) yield scan.parse(value);
  }

  refused(limit?: number): Promise<Queued<RefusedScan>[]> {
    return this.#read('r!', refusedScan, limit);
  }

  /** Of these chains by their numbers: `[key, registered]`. */
  entries(prefix: string): Promise<[string, unknown][]> {
    return this.level.iterator(within(prefix)).all();
  }

  async counts(): Promise<Readonly<Record<'taken' | 'waiting' | 'outgoing' | 'refused', number>>> {
    const [taken, waiting, outgoing, refused] = await Promise.all(
      ['t!', 'w!', 'o!', 'r!'].map((prefix) => this.#count(prefix)),
    );
    return { taken: taken ?? 0, waiting: waiting ?? 0, outgoing: outgoing ?? 0, refused: refused ?? 0 };
  }

  async #read<S extends z.ZodType>(prefix: string, schema: S, limit = -1): Promise<Queued<z.output<S>>[]> {
    const found = await this.level.iterator({ ...within(prefix), limit }).all();
    return found.map(([key, value]) => ({ key, value: schema.parse(value) }));
  }

  async #count(prefix: string): Promise<number> {
    let count = 0;
    const iterator = this.level.keys(within(prefix));
    try {
      for (;;) {
        const some = await iterator.nextv(10_000);
        if (some.length === 0) return count;
        count += some.length;
      }
    } finally {
      await iterator.close();
    }
  }

  async #behindLast(prefix: string): Promise<number> {
    const [last] = await this.level.keys({ ...within(prefix), reverse: true, limit: 1 }).all();
    return last === undefined ? 0 : Number(last.slice(prefix.length)) + 1;
  }
}
