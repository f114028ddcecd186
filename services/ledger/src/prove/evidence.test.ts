// Evidence of a parcel as the ledger hands it out, checked as a stranger to the hub checks it; then spoilt in every way
// somebody could want to.

import { jest } from '@jest/globals';
import { trustAnswer } from '@unbroken/contracts';
import type { TrustAnswer } from '@unbroken/contracts';
import {
  EvidenceRefused,
  isUnproven,
  readBundle,
  readEvidenceFile,
  readTrust,
  verifyChain,
  verifyEvidence,
} from '@unbroken/evidence';
import type { EvidenceBundle, RecordedEvidence } from '@unbroken/evidence';
import { parseTlogProof } from '@unbroken/tlog';
import { mintToken } from '@unbroken/tokens';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { otherLog } from '../fixture/other-log.js';
import {
  acceptAll,
  admit,
  claimsOf,
  enrol,
  establish,
  register,
  release,
  releaseAll,
  settle,
  tidOf,
} from '../fixture/signers.js';

jest.setTimeout(60_000);

describe('evidence', () => {
  let house: LedgerHouse;
  let trust: TrustAnswer;
  let bundle: EvidenceBundle;
  let other: EvidenceBundle;
  let tids: string[];
  let post: Awaited<ReturnType<typeof settle>>;
  let bakery: Awaited<ReturnType<typeof establish>>['party'];

  const evidenceOf = async (sub: string) => readBundle(await (await house.get(`chains/${sub}/evidence`)).text());
  const verify = (spoilt: EvidenceBundle, policy = trust) =>
    verifyEvidence(spoilt, policy, Math.floor(house.clock.now() / 1000));
  const results = async (spoilt: EvidenceBundle, policy = trust) => {
    const { holds, checks } = await verify(spoilt, policy);
    return { holds, failed: [...new Set(checks.filter(({ result }) => result === 'fails').map(({ name }) => name))] };
  };
  /** The bundle with some of it changed. */
  const spoilt = (change: (copy: EvidenceBundle) => void): EvidenceBundle => {
    const copy = structuredClone(bundle);
    change(copy);
    return copy;
  };
  const partyIn = (copy: EvidenceBundle, party: string) => {
    const found = copy.parties.find((one) => one.party === party);
    if (found === undefined) throw new Error(`${party} is not in the bundle`);
    return found;
  };

  beforeAll(async () => {
    house = await LedgerHouse.build();
    await house.start();
    post = await settle('north-post');
    const { party, established } = await establish('bakery');
    bakery = party;
    const { enrolled } = await enrol(bakery);
    await house.hand('registry.tokens.v1', [...post.tokens, established, await admit(post.operator, bakery), enrolled]);
    await house.until(enrolled, 'recorded');
    const { sub, registered } = await register(post.party);
    const released = await release(post.party, sub, tidOf(registered));
    const accepted = await mintToken(
      { ...claimsOf(bakery.id, 'accepted'), sub, prev: tidOf(released), seq: 2, cond: 'ok' },
      bakery.device,
    );
    const aside = await register(post.party);
    await house.hand('custody.tokens.v1', [registered, released, accepted], { key: sub });
    await house.hand('custody.tokens.v1', [aside.registered], { key: sub });
    await house.until(accepted, 'recorded');
    await house.until(aside.registered, 'recorded');
    tids = [registered, released, accepted].map(tidOf);
    trust = trustAnswer.parse(await (await house.get('trust')).json());
    bundle = await evidenceOf(sub);
    other = await evidenceOf(aside.sub);
  });
  afterAll(() => house.tearDown());

  it('as handed out → holds; the state is what the hub says, and what cannot be known is said', async () => {
    const report = await verify(bundle);
    expect(report.checks.filter(({ result }) => result === 'fails')).toEqual([]);
    expect(report.holds).toBe(true);
    expect(report.chain).toEqual(await house.chain(bundle.sub));
    expect(report.chain.tokens.map(({ tid }) => tid)).toEqual(tids);
    const unknown = report.checks.filter(({ result }) => result === 'unknown').map(({ name }) => name);
    expect(unknown).toEqual(expect.arrayContaining(['witnesses', 'time', 'contents']));
    const unsaid = report.checks.filter(({ name, result }) => name === 'completeness' && result === 'unknown');
    expect(unsaid.map(({ said }) => said)).toEqual([expect.stringContaining('What was recorded of the parcel after')]);
  });

  it('asked for as a PDF → the same bundle is attached to it, under a name that says which parcel', async () => {
    const answer = await house.get(`chains/${bundle.sub}/evidence.pdf`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="evidence-[0-9A-Z-]{21}\.pdf"$/);
    const { bundle: attached, carrier } = await readEvidenceFile(new Uint8Array(await answer.arrayBuffer()));
    expect(carrier).toBe('pdf');
    expect((await verify(attached)).chain).toEqual((await verify(bundle)).chain);
  });

  it('handed off in manifests, pieces in any order, doubled and after a restart → each chain holds by itself', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => register(post.party)));
    for (const { sub, registered } of opened) await house.hand('custody.tokens.v1', [registered], { key: sub });
    const line = (tokens: readonly string[], seq: number) =>
      opened.map(({ sub }, at) => ({ sub, prev: tidOf(tokens[at] ?? ''), seq }));
    const released = await releaseAll(
      post.party,
      line(
        opened.map(({ registered }) => registered),
        1,
      ),
    );
    const accepted = await acceptAll(bakery, line(released, 2));
    const hand = async (at: number, pieces: readonly string[]) => {
      await house.hand('custody.tokens.v1', pieces, { key: opened[at]?.sub ?? '' });
      await house.until(pieces.at(-1) ?? '', 'recorded');
    };
    const [r, a] = [(at: number) => released[at] ?? '', (at: number) => accepted[at] ?? ''];
    await hand(2, [a(2)]);
    await hand(0, [r(0), a(0)]);
    // The process that recorded some of a manifest's pieces ends; another records the others.
    await house.stop();
    await house.start();
    await hand(2, [a(2), r(2)]);
    await hand(1, [r(1), r(1), a(1)]);
    for (const [at, { sub, registered }] of opened.entries()) {
      const one = await evidenceOf(sub);
      const report = await verify(one);
      expect(report.checks.filter(({ result }) => result === 'fails')).toEqual([]);
      expect((await verifyChain(one, trust)).checks.filter(({ result }) => result !== 'holds')).toEqual([]);
      expect(report.chain).toEqual(await house.chain(sub));
      const { state, tokens } = report.chain;
      expect(state).toMatchObject({
        status: 'arrived',
        holder: 'bakery',
        responsible: 'bakery',
        gaps: [],
        disputed: [],
      });
      expect(tokens.map(({ tid }) => tid).toSorted()).toEqual([registered, r(at), a(at)].map(tidOf).toSorted());
      expect(tokens.flatMap(({ grade, findings }) => [grade, ...findings])).toEqual(['device', 'device', 'device']);
      const swapped = {
        ...one,
        tokens: one.tokens.map((said) => ({ ...said, body: said.body.replace('~0~', '~1~') })),
      };
      expect((await results(swapped)).holds).toBe(at !== 0);
    }
  });

  it('asked of what nobody registered → 404 with a cure', async () => {
    const answer = await house.get('chains/ZZZZZZZZZZZZZZZZZ/evidence');
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'chain.unknown' }]);
  });

  it.each<[string, (copy: EvidenceBundle) => void, readonly string[]]>([
    ['the newest statement left out', (copy) => copy.tokens.pop(), ['completeness']],
    ['one in the middle left out', (copy) => copy.tokens.splice(1, 1), ['completeness']],
    ['a statement twice', (copy) => copy.tokens.push(...copy.tokens.slice(-1)), ['records']],
    [
      'a letter of a statement changed',
      (copy) => copy.tokens.forEach((one) => (one.body = one.body.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')))),
      ['records', 'completeness'],
    ],
    ['a statement of another parcel among them', (copy) => copy.tokens.push(...other.tokens), ['signatures']],
    [
      'the receipts of two statements exchanged',
      ({ tokens: [first, second] }) => {
        if (!first || !second || isUnproven(first) || isUnproven(second)) throw new Error('no receipt');
        [first.receipt, second.receipt] = [second.receipt, first.receipt];
      },
      ['records', 'completeness'],
    ],
    ['another parcel’s word of completeness', (copy) => (copy.completeness = other.completeness), ['completeness']],
    [
      'a smaller count in the word of completeness',
      (copy) => (copy.completeness = (copy.completeness ?? '').replace('count 3', 'count 2')),
      ['completeness'],
    ],
    [
      'the enrolment of the taker’s key left out',
      (copy) => partyIn(copy, 'bakery').tokens.pop(),
      ['signatures', 'completeness'],
    ],
    [
      'the taker’s chain left out',
      (copy) => (copy.parties = copy.parties.filter(({ party }) => party !== 'bakery')),
      ['signatures', 'completeness'],
    ],
    [
      'the chain of the operator left out',
      (copy) => (copy.parties = copy.parties.filter(({ party }) => party !== trust.operator.party)),
      ['signatures', 'completeness', 'operator'],
    ],
    [
      'a party’s statement under another party’s name',
      (copy) => partyIn(copy, 'north-post').tokens.push(...partyIn(copy, 'bakery').tokens.splice(0)),
      ['signatures', 'completeness'],
    ],
  ])('%s → does not hold', async (_what, change, failed) => {
    const found = await results(spoilt(change));
    expect(found.holds).toBe(false);
    expect(found.failed).toEqual(expect.arrayContaining([...failed]));
  });

  /** The parcel's statements as another log with a key of its own has recorded them, and the policy that trusts it. */
  const relogged = async (change: (entry: string, at: number) => string) => {
    const origin = trust.logs.find((log) => log.origin.includes('/custody/'))?.origin ?? '';
    const entries = bundle.tokens.map((one, at) => {
      const { body, receipt } = one as RecordedEvidence;
      const first = Buffer.from(parseTlogProof(receipt).extra ?? []).toString();
      return change(first + body, at);
    }) as [string, string, string];
    const { vkey, receipts } = await otherLog(origin, entries);
    const tokens = entries.map((entry, at) => ({
      body: entry.slice(entry.indexOf('\n') + 1),
      receipt: receipts[at] ?? '',
    }));
    const logs = trust.logs.map((log) => (log.origin === origin ? { origin, vkey } : log));
    return results({ ...bundle, tokens, completeness: null }, { ...trust, logs });
  };

  it('a log that has recorded what the party never signed, or at a time when its key did not count → does not hold', async () => {
    expect(await relogged((entry) => entry)).toEqual({ holds: true, failed: [] });
    const [, foreign = ''] = /\.([A-Za-z0-9_-]+)$/.exec(bundle.tokens[1]?.body ?? '') ?? [];
    const forged = await relogged((entry, at) => (at === 2 ? entry.replace(/[A-Za-z0-9_-]+$/, foreign) : entry));
    expect(forged).toEqual({ holds: false, failed: ['signatures'] });
    const early = await relogged((entry, at) => (at === 2 ? entry.replace(/ \d+\n/, ' 1\n') : entry));
    expect(early).toEqual({ holds: false, failed: ['signatures'] });
  });

  it('times that go backwards → does not hold', async () => {
    const back = await relogged((entry, at) => (at === 2 ? entry.replace(/^\d{4}/, '2001') : entry));
    expect(back).toEqual({ holds: false, failed: ['records'] });
  });

  it('a policy that names another log key, or another operator key → does not hold', async () => {
    const swapped = trust.logs.map(({ origin }, at) => ({ origin, vkey: trust.logs.at(at - 1)?.vkey ?? null }));
    expect((await results(bundle, { ...trust, logs: swapped })).failed).toContain('records');
    const operator = { ...trust.operator, kid: 'A'.repeat(43) };
    expect((await results(bundle, { ...trust, operator })).failed).toContain('operator');
  });

  it('no word of completeness → unknown, and it holds all the same', async () => {
    const report = await verify(spoilt((copy) => (copy.completeness = null)));
    expect(report.holds).toBe(true);
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'completeness', result: 'unknown' }));
  });

  it.each([
    ['{', 'evidence.json'],
    ['{"format":"unbroken-evidence/1","format":"unbroken-evidence/1"}', 'evidence.json'],
    ['{"format":"unbroken-evidence/2"}', 'evidence.form'],
  ])('a file that reads %s → refused as %s, with a cure', (text, code) => {
    let refused: unknown;
    try {
      readBundle(text);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(EvidenceRefused);
    expect((refused as EvidenceRefused).code).toBe(code);
    expect((refused as EvidenceRefused).cure).not.toBe('');
  });

  it('a trust policy without keys → refused, with a cure', async () => {
    const keyless = readTrust(
      JSON.stringify({ ...trust, logs: trust.logs.map(({ origin }) => ({ origin, vkey: null })) }),
    );
    await expect(verify(bundle, keyless)).rejects.toThrow(EvidenceRefused);
  });
});
