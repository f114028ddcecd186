// Every entry judged again as the ledger judged it: that the columns say what the token says, that its signature holds,
// and that its key counted for as much of the registry log as the entry names. So an entry that somebody wrote by hand is
// found even where its hashes were written too.

import type { Registry } from '@unbroken/custody';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { Envelope } from '@unbroken/tokens';
import type { OperatorPin } from '../keys/operator.js';
import { registryEntryOf } from '../keys/registry-entry.js';
import { RegistryBook } from '../keys/registry-book.js';
import type { LogName } from '../logs.js';
import { judgePartyToken } from '../verify/judge-party-token.js';
import type { VerificationPool } from '../verify/verification-pool.js';
import type { Verdict } from '../verify/verdict.js';
import { told } from './audited-row.js';
import type { AuditedRow } from './audited-row.js';
import type { Fault } from './fault.js';

interface Parts {
  readonly deployment: string;
  readonly operator: OperatorPin;
  readonly pool: VerificationPool;
  readonly found: (fault: Fault) => void;
}

export class RowJudge {
  readonly #parts: Parts;
  readonly #book: RegistryBook;
  /** False once a party's entry is not what it was: what rests on it cannot be judged any more. */
  #knowsKeys = true;
  #lastRecordedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#book = new RegistryBook(parts.operator);
  }

  /** Whether the keys of every entry were known, so that all signatures were checked. */
  get knowsKeys(): boolean {
    return this.#knowsKeys;
  }

  /** As the rows of its log say, once that has ended. */
  get registry(): Registry {
    return this.#book.registry;
  }

  /** All rows of the registry log first, then those of the custody log; `different` are named already. */
  async judge(log: LogName, rows: readonly AuditedRow[], different: ReadonlySet<number>): Promise<void> {
    const sound = rows.filter(({ index }) => !different.has(Number(index)));
    if (log === 'registry') {
      if (different.size > 0) this.#knowsKeys = false;
      for (const row of sound) this.#judgeParty(row);
    } else {
      await this.#judgeShipments(sound);
    }
  }

  /** The registry log has ended: what its keys sign can be judged now. */
  endRegistry(): void {
    this.#parts.pool.learn(this.#book.news().counting);
    this.#lastRecordedAt = 0;
  }

  #judgeParty(row: AuditedRow): void {
    this.#judgeOrder(row, Number(row.registry_size) === Number(row.index) ? undefined : `its own index, ${row.index}`);
    if (!this.#knowsKeys) return;
    const { deployment } = this.#parts;
    const place = { tid: row.tid, kid: row.kid, sub: row.sub as never, index: Number(row.index) };
    const recordedAt = row.recorded_at.getTime();
    if (row.token === null) {
      this.#book.append(registryEntryOf({ ...place, recordedAt }, { malformed: row.malformed ?? '' }, deployment));
      return;
    }
    const envelope = envelopeIn(row.token);
    const verdict: Verdict =
      envelope === undefined
        ? { is: 'refused', code: 'token.parts' }
        : judgePartyToken(envelope, this.#book.registry, deployment);
    if (!this.#isAsJudged(row, verdict) || envelope === undefined) {
      this.#knowsKeys = false;
      return;
    }
    this.#book.append(registryEntryOf({ ...place, recordedAt }, { envelope }, deployment));
  }

  async #judgeShipments(rows: readonly AuditedRow[]): Promise<void> {
    for (const row of rows) this.#judgeOrder(row, undefined);
    if (!this.#knowsKeys) return;
    const tokens = rows.filter(({ token }) => token !== null);
    const verdicts = await this.#parts.pool.verify(tokens.map(({ token }) => Buffer.from(token ?? '', 'latin1')));
    for (const [at, row] of tokens.entries()) {
      const verdict = verdicts[at];
      if (verdict === undefined || !this.#isAsJudged(row, verdict)) continue;
      if (this.#book.registry.keyAt(row.kid, Number(row.registry_size)) === undefined)
        this.#say(row, 'entry.false', 'signed with a key that did not count then', 'an entry of a key that counts');
    }
  }

  /** What the columns say is what the token says, and its signature holds. */
  #isAsJudged(row: AuditedRow, verdict: Verdict): boolean {
    if (verdict.is !== 'sound') {
      const why = verdict.is === 'refused' ? verdict.code : verdict.is;
      this.#say(row, 'entry.false', `a token that does not hold (${why})`, 'what an enrolled key has signed');
      return false;
    }
    const wrong = (['tid', 'kid', 'sub'] as const).filter((column) => row[column] !== verdict[column]);
    for (const column of wrong)
      this.#say(row, 'entry.changed', `${column} ${row[column]}`, `${column} ${verdict[column]}, as its token says`);
    return wrong.length === 0;
  }

  #judgeOrder(row: AuditedRow, size: string | undefined): void {
    const at = row.recorded_at.getTime();
    if (size !== undefined) this.#say(row, 'entry.changed', `registry_size ${row.registry_size}`, size);
    if (!row.whole) this.#say(row, 'entry.changed', 'recorded_at with parts of a millisecond', 'whole milliseconds');
    if (at < this.#lastRecordedAt)
      this.#say(row, 'entry.changed', told(row), 'recorded no earlier than the entry before it');
    this.#lastRecordedAt = Math.max(at, this.#lastRecordedAt);
  }

  #say(row: AuditedRow, code: Fault['code'], says: string, should: string): void {
    this.#parts.found({ code, where: 'entries', log: row.log, index: Number(row.index), tid: row.tid, says, should });
  }
}

function envelopeIn(token: string): Envelope | undefined {
  try {
    return parseTokenSync(token);
  } catch {
    return undefined;
  }
}
