// Reads the logs' checkpoints again and again, as any verifier could, and compares each with what was seen before and with
// what this agent has cosigned: a log that shows different people different histories is found out here.

import { Repeated } from '@unbroken/platform/process';
import { tellOnce } from '../agent-log.js';
import type { Hub } from '../hub.js';
import type { Findings } from '../findings/findings.js';
import type { PinnedTrust, TrustedLog } from '../trust/pinned-trust.js';
import type { CosignedRecord } from '../witness/cosigned-record.js';
import { raiseShrunk, raiseSplit, splitBetween } from './compare.js';
import { isWithin, raiseEnded, raiseEndedShort } from './ended.js';
import { HubLog, TileMissing } from './hub-log.js';
import { openSeen } from './seen-record.js';
import type { SeenCheckpoint, SeenRecord } from './seen-record.js';

export interface LogWatchParts {
  readonly hub: Hub;
  readonly trust: PinnedTrust;
  readonly seen: SeenRecord;
  readonly cosigned: CosignedRecord;
  readonly findings: Findings;
  /** Milliseconds between two looks. */
  readonly everyMs?: number;
}

const LOOK_MS = 3_000;
/** A log ends once in many years, if ever. */
const FOLLOW_MS = 30_000;

export class LogWatch {
  readonly #parts: LogWatchParts;
  readonly #looking: Repeated;
  /** Comparisons of one log wait for each other. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #followNotBefore = 0;

  constructor(parts: LogWatchParts) {
    this.#parts = parts;
    this.#looking = new Repeated({
      doSome: async () => {
        await this.look();
        return false;
      },
      failed: tellOnce('watching the logs'),
      pollMs: parts.everyMs ?? LOOK_MS,
    });
  }

  start(): void {
    this.#looking.start();
  }

  wake(): void {
    this.#looking.wake();
  }

  stop(): Promise<void> {
    return this.#looking.stop();
  }

  /** Looks at every log once. @throws HubUnreachable, and TlogRefused for what is no checkpoint of the log */
  async look(): Promise<void> {
    const { trust } = this.#parts;
    await trust.reach();
    await this.#followSuccessors();
    // What has ended does not change any more, and less of it may be served than is needed to show that.
    for (const log of trust.logs) if (trust.endOf(log.origin) === undefined) await this.#look(log);
  }

  /** A log that goes on where another has ended is trusted too, unless that other one had shown more, or something else. */
  async #followSuccessors(): Promise<void> {
    if (performance.now() < this.#followNotBefore) return;
    this.#followNotBefore = performance.now() + FOLLOW_MS;
    const { trust, seen, cosigned, findings } = this.#parts;
    for (const one of await trust.offered()) {
      const { origin } = one.ended;
      const known = [await seen.last(origin, trust.keysOf(origin)), await cosigned.last(origin)];
      const against = known.find((last) => last !== undefined && !isWithin(last.checkpoint, one.ended));
      if (against !== undefined) {
        await raiseEndedShort(findings, against, one);
        continue;
      }
      await trust.follow(one.statement, one);
      await raiseEnded(findings, one);
    }
  }

  /**
   * Takes in a checkpoint that the log's key has signed, wherever it came from: a receipt's, say. Answers whether it is of
   * the one history; where it is not, that is a finding now.
   * @throws HubUnreachable, TlogRefused
   */
  agrees(origin: string, note: string): Promise<boolean> {
    const { trust, findings } = this.#parts;
    const keys = trust.keysOf(origin);
    const end = trust.endOf(origin);
    return this.#inTurn(origin, async () => {
      const shown = await openSeen(note, origin, keys);
      if (end === undefined) return this.#compared(shown);
      if (isWithin(shown.checkpoint, end.ended)) return true;
      await raiseEndedShort(findings, shown, end);
      return false;
    });
  }

  async #look({ origin }: TrustedLog): Promise<void> {
    const note = await new HubLog(this.#parts.hub, origin).checkpoint();
    if (note === undefined) return;
    const keys = this.#parts.trust.keysOf(origin);
    await this.#inTurn(origin, async () => {
      const shown = await openSeen(note, origin, keys);
      const { seen, cosigned } = this.#parts;
      for (const known of [await seen.last(origin, keys), await cosigned.last(origin)]) {
        if (known !== undefined && !(await this.#isWhole(known, shown))) return;
      }
      await this.#keep(shown);
    });
  }

  /** Of the newest that the hub shows: one that is behind and cannot be compared any more has lost entries. */
  async #isWhole(known: SeenCheckpoint, shown: SeenCheckpoint): Promise<boolean> {
    try {
      return await this.#isOneHistory(known, shown);
    } catch (error) {
      if (!(error instanceof TileMissing) || known.checkpoint.size <= shown.checkpoint.size) throw error;
      await raiseShrunk(this.#parts.findings, known, shown);
      return false;
    }
  }

  async #compared(shown: SeenCheckpoint): Promise<boolean> {
    const last = await this.#last(shown);
    if (last !== undefined && !(await this.#isOneHistory(last, shown))) return false;
    await this.#keep(shown);
    return true;
  }

  /** It is of the one history; the newest is what the next is compared with. */
  async #keep(shown: SeenCheckpoint): Promise<void> {
    const last = await this.#last(shown);
    if (last === undefined || last.checkpoint.size < shown.checkpoint.size) await this.#parts.seen.keep(shown);
  }

  #last({ checkpoint: { origin } }: SeenCheckpoint): Promise<SeenCheckpoint | undefined> {
    return this.#parts.seen.last(origin, this.#parts.trust.keysOf(origin));
  }

  async #isOneHistory(known: SeenCheckpoint, shown: SeenCheckpoint): Promise<boolean> {
    const { origin } = shown.checkpoint;
    const split = await splitBetween(known, shown, new HubLog(this.#parts.hub, origin));
    if (split === undefined) return true;
    await raiseSplit(this.#parts.findings, origin, split);
    return false;
  }

  async #inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(origin) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(work);
    this.#turns.set(origin, turn);
    return turn;
  }
}
