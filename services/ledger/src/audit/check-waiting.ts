// What is in no log and so in no hash: tokens that wait for their key, and those that were refused. Each is judged again: its
// bytes are what the row says they are, one that waits has to wait, and one that was refused is refused for that reason.
// A row that was taken away shows nothing here; the promise of its token does (docs/decisions/0029).

import { createHash } from 'node:crypto';
import type { Registry } from '@unbroken/custody';
import { isShipmentId } from '@unbroken/tokens';
import type { KeyId, RefusalCode, TokenId } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { EntityManager } from 'typeorm';
import { kindOf } from '../logs.js';
import type { CustodyLog } from '../logs.js';
import { LONGEST_WAIT_MS } from '../park/parked-tokens.js';
import { rfc3339 } from '../rfc3339.js';
import { judgePartyToken } from '../verify/judge-party-token.js';
import type { VerificationPool } from '../verify/verification-pool.js';
import type { Judgement, Reading } from '../verify/verdict.js';
import type { FaultCode, Faults } from './fault.js';

const AT_ONCE = 200;
/** The ledger goes on with what waited for a key within moments of the key's enrolment. */
const A_WHILE_MS = 10 * 60 * 1000;
/** Its clock may have been behind that of the log. */
const ONE_MOMENT_MS = 60 * 1000;

export interface WaitingCheck {
  readonly manager: EntityManager;
  readonly faults: Faults;
  readonly registry: Registry;
  /** Knows every key there is. */
  readonly pool: VerificationPool;
  readonly deployment: string;
  /** The custody log that is written: what waits or was refused is nobody else's. */
  readonly custody: CustodyLog;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether a ledger writes meanwhile. */
  readonly isAtWork: boolean;
}

interface Row {
  readonly hash: Buffer;
  readonly tid: TokenId | null;
  readonly sub: string | null;
  readonly bytes: Buffer;
  /** Of one that waits. */
  readonly kid?: KeyId;
  readonly log?: string;
}

interface ParkedRow extends Row {
  readonly kid: KeyId;
  readonly parked_at: Date;
}

interface RefusedRow extends Row {
  readonly code: string;
  readonly refused_at: Date;
}

/** Answers what is worth knowing and no fault. */
export async function checkWaiting(check: WaitingCheck): Promise<readonly string[]> {
  let undecided = 0;
  for await (const rows of pages<ParkedRow & { readonly token: string }>(
    check,
    'parked',
    'log, kid, parked_at, token',
  )) {
    const parked = rows.map((row) => ({ ...row, bytes: Buffer.from(row.token, 'latin1') }));
    for (const { row, verdict } of await judged(check, 'parked', parked))
      if (await isUndecided(check, row, verdict)) undecided += 1;
  }
  for await (const rows of pages<RefusedRow>(check, 'refused', 'code, refused_at, bytes'))
    for (const { row, verdict } of await judged(check, 'refused', rows)) await weighRefused(check, row, verdict);
  if (undecided === 0) return [];
  const which = undecided === 1 ? 'a token waits' : `${undecided} tokens wait`;
  return [
    `parked: ${which} and could be decided. A crash may have come between: the next start of the ledger does it.`,
  ];
}

type Table = 'parked' | 'refused';

async function* pages<R extends Pick<Row, 'hash'>>({ manager }: WaitingCheck, table: Table, columns: string) {
  for (let after: Buffer = Buffer.alloc(0); ;) {
    const rows = await manager.query<R[]>(
      `SELECT hash, tid, sub, ${columns} FROM ${table} WHERE hash > $1 ORDER BY hash LIMIT ${AT_ONCE}`,
      [after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.hash;
  }
}

interface JudgedRow<R extends Row> {
  readonly row: R;
  readonly verdict: Judgement;
}

/** By the keys that count now, those that are what their row says; the others are named. */
async function judged<R extends Row>(
  check: WaitingCheck,
  table: Table,
  rows: readonly R[],
): Promise<readonly JudgedRow<R>[]> {
  const whole = rows.filter((row) => {
    const hash = createHash('sha256').update(row.bytes).digest();
    if (hash.equals(row.hash)) return true;
    say(check, table, row, 'changed', `bytes with the hash ${hex(hash)}`, `bytes with the hash ${hex(row.hash)}`);
    return false;
  });
  const verdicts = await check.pool.verify(whole.map(({ bytes }) => bytes));
  return whole.flatMap((row, at) => {
    const said = verdicts[at];
    if (said === undefined) return [];
    const verdict = said.is === 'party-chain' ? ofParty(check, row) : said;
    const wrong = columnsOf(row, verdict).filter(({ says, should }) => says !== should);
    for (const { column, says, should } of wrong)
      say(
        check,
        table,
        row,
        'changed',
        `${column} ${says ?? 'nothing'}`,
        `${column} ${should ?? 'nothing'}, by its bytes`,
      );
    return wrong.length === 0 ? [{ row, verdict }] : [];
  });
}

const ofParty = ({ registry, deployment }: WaitingCheck, { bytes }: Row): Judgement =>
  judgePartyToken(parseTokenSync(bytes), registry, deployment);

/** What a row says of its bytes, and what they say. */
function columnsOf({ tid, sub, kid, log }: Row, read: Partial<Reading>) {
  const both = [
    { column: 'tid', says: tid, should: read.tid ?? null },
    { column: 'sub', says: sub, should: read.sub ?? null },
  ];
  if (kid === undefined) return both;
  const should = read.sub === undefined ? null : kindOf(read.sub);
  return [
    ...both,
    { column: 'kid', says: kid, should: read.kid ?? null },
    { column: 'log', says: log?.split('/')[0] ?? null, should },
  ];
}

/** Whether it could be decided, and there is an honest reason why it is not. */
async function isUndecided(check: WaitingCheck, row: ParkedRow, verdict: Judgement): Promise<boolean> {
  const parkedAt = row.parked_at.getTime();
  const since = verdict.is === 'unknown-key' ? parkedAt + LONGEST_WAIT_MS : await countsSince(check, row.kid);
  if (since > check.now) return false;
  const isParkedLater = parkedAt > since + ONE_MOMENT_MS;
  if (!isParkedLater && !check.isAtWork) return true;
  if (!isParkedLater && since > check.now - A_WHILE_MS) return false;
  const why = verdict.is === 'unknown-key' ? 'it had waited for 72 hours' : 'its key counted';
  const says = `a token that waits since ${rfc3339(parkedAt)}`;
  say(check, 'parked', row, 'decidable', says, `no row since ${rfc3339(since)}, when ${why}`);
  return false;
}

/** When the ledger could go on with what waits for this key; milliseconds since the epoch, the earliest where it is not said. */
async function countsSince({ manager, registry }: WaitingCheck, kid: KeyId): Promise<number> {
  const index = registry.keyAt(kid)?.countsFrom ?? registry.signerOf(kid)?.enrolledAt;
  const rows = await manager.query<{ recorded_at: Date }[]>(
    `SELECT recorded_at FROM entries WHERE log = 'registry' AND index = $1`,
    [index ?? null],
  );
  return rows[0]?.recorded_at.getTime() ?? 0;
}

async function weighRefused(check: WaitingCheck, row: RefusedRow, verdict: Judgement): Promise<void> {
  const { code } = row;
  const is = verdict.is === 'refused' ? verdict.code : verdict.is;
  if (is === code) return;
  // What may sign in a party's chain depends on what that chain was then, which no row says.
  if (row.sub !== null && !isShipmentId(row.sub) && !OF_FORM.has(code)) return;
  if (code === 'token.unknown-key' && verdict.kid !== undefined) {
    if (verdict.is === 'unknown-key') return;
    const since = await countsSince(check, verdict.kid);
    if (row.refused_at.getTime() <= since + ONE_MOMENT_MS) return;
  }
  say(check, 'refused', row, 'false', `refused as ${code}`, `${is}, by its bytes and the keys`);
}

/** What is refused by its bytes alone. */
const OF_FORM: ReadonlySet<string> = new Set<RefusalCode>([
  'token.too-large',
  'token.parts',
  'token.base64url',
  'token.utf8',
  'token.json',
  'token.duplicate-member',
  'token.header',
  'token.alg',
  'token.typ',
  'token.kid',
  'token.claim',
]);

function say(
  { faults, custody }: WaitingCheck,
  table: Table,
  { hash, tid, sub }: Row,
  what: 'changed' | 'decidable' | 'false',
  says: string,
  should: string,
): void {
  const log = sub === null || isShipmentId(sub) ? custody : 'registry';
  faults.add({
    code: `${table}.${what}` as FaultCode,
    where: `${table} ${hex(hash)}`,
    log,
    index: null,
    tid,
    says,
    should,
  });
}

const hex = (hash: Buffer): string => hash.toString('hex').slice(0, 16);
