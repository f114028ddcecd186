// A parcel whose chain goes on in another log, because the first one lost entries: what its evidence shows, what it says it
// cannot show, and that no statement about the two logs passes but the one that both have signed.

import type { TrustAnswer } from '@unbroken/contracts';
import { formatNote, parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { ShipmentId } from '@unbroken/tokens';
import { isUnproven, readBundle } from './bundle.js';
import type { EvidenceBundle } from './bundle.js';
import { MemoryHub } from './fixture/memory-hub.js';
import type { MemoryParty } from './fixture/memory-hub.js';
import { MemoryLog } from './fixture/memory-log.js';
import { isReason, readSuccession, succeedsLine, successionText } from './succession.js';
import type { Succession } from './succession.js';
import { verifyEvidence } from './verify-evidence.js';

const NEW = 'unbroken-test/custody/1';
const ROOT = Buffer.alloc(32, 7).toString('base64');

let hub: MemoryHub;
let parties: MemoryParty[];
let old: MemoryLog;
let next: MemoryLog;
let sub: ShipmentId;
let said: Succession;
let before: TrustAnswer;
let spanning: EvidenceBundle;

/** Signed by these logs, whoever they are. */
async function statement(words: Succession, signers: readonly MemoryLog[] = [old, next]): Promise<string> {
  const text = successionText(words);
  return formatNote({ text, signatures: await Promise.all(signers.map((log) => log.signature(text))) });
}

const lastOf = async (log: MemoryLog, size?: number) => parseCheckpoint(parseNote(await log.checkpoint(size)).text);

beforeAll(async () => {
  hub = await MemoryHub.open();
  const [sender, courier, office] = await Promise.all(['sender', 'post', 'office'].map((id) => hub.settle(id)));
  if (sender === undefined || courier === undefined || office === undefined) throw new Error('nobody settled');
  parties = [sender, courier, office];
  old = hub.custody;
  before = hub.trust;
  sub = await hub.register(sender, office, { via: [courier.id] });
  await hub.register(sender, office);
  await hub.say(sub, sender, 'released', { to: courier.id, mode: 'meet' });
  await hub.register(sender, office);
  next = await MemoryLog.open(NEW, [succeedsLine(await lastOf(old))]);
  const predecessor = await old.checkpoint();
  const kept = { count: 3, root: ROOT };
  said = { origin: NEW, vkey: next.vkey, predecessor, kept, at: '2026-03-02T09:00:00.000Z', reason: 'a fire' };
  hub.goOnIn(next);
  await hub.say(sub, courier, 'accepted', { cond: 'ok' });
  spanning = await spanningOf(await statement(said));
}, 60_000);

async function spanningOf(...successions: string[]): Promise<EvidenceBundle> {
  const bundle = await hub.evidence(sub, parties);
  const logs = [...before.logs, { origin: NEW, vkey: next.vkey }];
  return {
    ...bundle,
    tokens: [...old.unproven(sub, [0, 2, 3]), ...bundle.tokens],
    trust: { ...before, logs, ...(successions.length > 0 && { successions }) },
  };
}

async function found(bundle: EvidenceBundle, policy = before) {
  const report = await verifyEvidence(readBundle(JSON.stringify(bundle)), policy, hub.now);
  const of = (wanted: string) =>
    report.checks.flatMap(({ name, result, said: words }) => (result === wanted ? [`${name}: ${words}`] : []));
  return { ...report, failed: of('fails'), unknown: of('unknown').join('\n'), held: of('holds').join('\n') };
}

it('a chain over both logs → folded as one; what the old log cannot show any more is named', async () => {
  for (const policy of [before, spanning.trust]) {
    const { failed, unknown, held, chain } = await found(spanning, policy);
    expect(failed).toEqual([]);
    expect(chain.tokens.map(({ log, index }) => `${log} ${index}`)).toEqual([
      `${old.origin} 0`,
      `${old.origin} 2`,
      `${NEW} 0`,
    ]);
    expect(chain.state).toMatchObject({ status: 'in-custody', holder: 'post', gaps: [] });
    expect(held).toContain(`one-history: ${old.origin} ended with 4 entries and ${NEW} goes on`);
    expect(unknown).toContain(`records: Where and when 2 of the statements stood in ${old.origin}`);
    expect(unknown).toContain(
      'completeness: Whether more was said of the parcel in unbroken-test/custody/0: 1 of its 4',
    );
  }
});

it('receipts of before, which a party kept → the old part is shown too', async () => {
  const receipts = await old.evidence(sub);
  const kept = { ...spanning, tokens: [...receipts, ...spanning.tokens.filter((one) => !isUnproven(one))] };
  const { failed, unknown } = await found(kept);
  expect(failed).toEqual([]);
  expect(unknown).not.toContain('records: Where and when');
  expect(unknown).toContain('completeness: Whether more was said');
});

it.each<[string, () => Promise<string[]>, RegExp]>([
  ['no statement', () => Promise.resolve([]), /^records: .*nothing says that .*custody\/0 has ended/],
  ['the new log’s word alone', async () => [await statement(said, [next])], /^one-history: .*no signature/],
  ['the old log’s word alone', async () => [await statement(said, [old])], /^one-history: .*no signature/],
  [
    'another log in place of the old one',
    async () => [await statement(said, [await MemoryLog.open(old.origin), next])],
    /^one-history: .*no signature/,
  ],
  [
    'somebody else beside the two',
    async () => [await statement(said, [old, next, await MemoryLog.open('hub.example')])],
    /^one-history: .*other signatures/,
  ],
  [
    'another checkpoint of the old log, signed by it',
    async () => [await statement({ ...said, kept: { count: 1, root: ROOT }, predecessor: await old.checkpoint(3) })],
    /^one-history: A checkpoint of .*custody\/1 does not name/,
  ],
  [
    'a checkpoint that the old log has not signed',
    async () => {
      const other = await MemoryLog.open(old.origin);
      return [await statement({ ...said, kept: { count: 0, root: ROOT }, predecessor: await other.checkpoint(0) })];
    },
    /^one-history: .*no signature/,
  ],
  [
    'more left than there was',
    async () => [await statement({ ...said, kept: { count: 5, root: ROOT } })],
    /^one-history: .*more is left/,
  ],
  [
    'two ends of one log',
    async () => [await statement(said), await statement({ ...said, reason: 'a flood' })],
    /^one-history: .*more than one/,
  ],
  [
    'no statement but a text',
    async () => [(await statement(said)).replace('kept 3', 'kept three')],
    /^one-history: .*no statement/,
  ],
])('%s about the succession → fails', async (_what, statements, fault) => {
  const { failed, holds } = await found(await spanningOf(...(await statements())));
  expect(holds).toBe(false);
  expect(failed).toContainEqual(expect.stringMatching(fault));
});

it.each<[string, (copy: EvidenceBundle) => void, RegExp]>([
  [
    'of a log that goes on',
    ({ tokens: [first] }) => first && isUnproven(first) && (first.unproven.log = NEW),
    /^records: .*nothing says that .*custody\/1 has ended/,
  ],
  [
    'beyond the end',
    ({ tokens: [first] }) => first && isUnproven(first) && (first.unproven.index = 4),
    /^records: .*ended at 4 entries/,
  ],
  [
    'whose first line is two',
    ({ tokens: [first] }) => {
      if (first === undefined || !isUnproven(first)) throw new Error('it has a receipt');
      first.body = `x\n${first.body}`;
      first.unproven.first += 'x\n';
    },
    /^records: .*first line/,
  ],
  [
    'that nobody signed',
    ({ tokens: [first] }) => first && (first.body = first.body.replace(/.{8}$/, 'AAAAAAAA')),
    /^signatures: /,
  ],
])('a statement without a receipt, %s → fails', async (_what, change, fault) => {
  const copy = structuredClone(spanning);
  change(copy);
  expect((await found(copy)).failed).toContainEqual(expect.stringMatching(fault));
});

it('a receipt of more entries than the old log is said to have ended with → fails', async () => {
  const short = { ...said, kept: { count: 1, root: ROOT }, predecessor: await old.checkpoint(2) };
  const bundle = await spanningOf(await statement(short));
  const kept = {
    ...bundle,
    tokens: [...(await old.evidence(sub)), ...bundle.tokens.filter((one) => !isUnproven(one))],
  };
  expect((await found(kept)).failed).toContainEqual(
    expect.stringMatching(/^one-history: .*signed 4 entries and is said to have ended with 2/),
  );
});

it('what is written is read again; a reason of two lines is none', () => {
  expect(readSuccession(successionText(said))).toEqual(said);
  expect(readSuccession(successionText({ ...said, reason: 'a\nkept 1' }))).toBeUndefined();
  expect([isReason('a fire'), isReason(''), isReason(' a'), isReason('a\u2028b'), isReason('x'.repeat(201))]).toEqual([
    ...[true, false, false, false, false],
  ]);
});
