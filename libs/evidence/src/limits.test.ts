// What random changes rarely hit: bundles spoilt by somebody who knows how they are checked, and true ones that say less
// than they seem to.

import { parseTlogProof } from '@unbroken/tlog';
import type { EvidenceBundle } from './bundle.js';
import { EvidenceRefused, isUnproven, readBundle } from './bundle.js';
import { trueBundles } from './fixture/true-bundles.js';
import type { TrueBundles } from './fixture/true-bundles.js';
import { verifyByItself, verifyEvidence } from './verify-evidence.js';

describe('a bundle that says less, or other things, than it seems to', () => {
  let given: TrueBundles;
  let lost: EvidenceBundle;
  let older: EvidenceBundle;
  let aside: EvidenceBundle;

  beforeAll(async () => {
    given = await trueBundles();
    [lost] = given.bundles as [EvidenceBundle];
    [older, , aside] = given.others as [EvidenceBundle, EvidenceBundle, EvidenceBundle];
  });

  /** Read and verified after the change; the names and sentences of its failed and of its unknown checks. */
  async function found(change: (copy: EvidenceBundle) => unknown) {
    const copy = structuredClone(lost);
    change(copy);
    const { holds, checks } = await verifyEvidence(readBundle(JSON.stringify(copy)), given.trust, given.now);
    const said = (wanted: string) =>
      checks.flatMap(({ name, result, said }) => (result === wanted ? [`${name}: ${said}`] : []));
    return { holds, fails: said('fails'), unknown: said('unknown') };
  }
  const partyIn = (copy: EvidenceBundle, party: string) => {
    const chain = copy.parties.find((one) => one.party === party);
    if (chain === undefined) throw new Error(`${party} is not in the bundle`);
    return chain;
  };

  it.each<[string, (copy: EvidenceBundle) => unknown, RegExp]>([
    [
      'the first line of an entry cut off its receipt and put before its body',
      ({ tokens: [first] }) => {
        if (first === undefined || isUnproven(first)) throw new Error('no receipt');
        const line = new TextDecoder().decode(parseTlogProof(first.receipt).extra);
        first.body = line + first.body;
        first.receipt = first.receipt.replace(/^extra .*\n/m, '');
      },
      /^records: .*first line/,
    ],
    [
      'the signature under a word of completeness twice',
      (copy) => (copy.completeness = (copy.completeness ?? '').replace(/(— .*\n)$/, '$1$1')),
      /^completeness: .*more signatures/,
    ],
    [
      'statements listed in another order than the log’s',
      (copy) => copy.tokens.reverse(),
      /^records: .*not listed in the order/,
    ],
    [
      'the chain of a party that has nothing to do with it',
      (copy) => copy.parties.push(partyIn(given.bundles[1] ?? copy, 'facilities')),
      /^parties: .*facilities.*nothing to do/,
    ],
    ['the same policy document twice', (copy) => copy.policies.push(...copy.policies), /^policies: /],
    [
      'a policy document with one more rule for the reader',
      (copy) => (copy.policies = copy.policies.map((text) => text.replace('Of the institute', 'Of another'))),
      /^policies: /,
    ],
  ])('%s → fails', async (_what, change, fault) => {
    const { holds, fails } = await found(change);
    expect(fails).toContainEqual(expect.stringMatching(fault));
    expect(holds).toBe(false);
  });

  it.each<[string, (copy: EvidenceBundle) => unknown]>([
    ['a party listed twice', (copy) => copy.parties.push({ party: 'post', tokens: [], completeness: null })],
    ['a member within the trust policy', (copy) => Object.assign(copy.trust.operator, { phone: '+45 …' })],
    ['a member beside the others', (copy) => Object.assign(copy, { judgement: 'all is well' })],
  ])('%s → refused', async (_what, change) => {
    await expect(found(change)).rejects.toBeInstanceOf(EvidenceRefused);
  });

  it.each<[string, (copy: EvidenceBundle) => unknown, RegExp]>([
    ['as it is', () => undefined, /^completeness: What was recorded of the parcel after the first \d+ entries/],
    ['no word of completeness', (copy) => (copy.completeness = null), /^completeness: .*claimed and not signed/],
    [
      'an older bundle in its place, true as it was',
      (copy) => Object.assign(copy, older),
      /^completeness: What was recorded of the parcel after the first 4 entries/,
    ],
    [
      'the older receipts of the same statements',
      (copy) => (copy.tokens = [...older.tokens, ...copy.tokens.slice(older.tokens.length)]),
      /^one-history: .*several sizes/,
    ],
    [
      'a party that is named and has signed nothing, its chain emptied',
      (copy) => Object.assign(partyIn(copy, 'office'), { tokens: [], completeness: null }),
      /^parties: Who they are.*office/,
    ],
    ['another trust policy brought', (copy) => (copy.trust.quorum = 3), /^trust: Why the trust policy/],
    ['the policy document left out', (copy) => (copy.policies = []), /^policies: .*not here/],
    [
      'signatures by keys nobody trusts on a checkpoint',
      ({ tokens: [first] }) => {
        if (first === undefined || isUnproven(first)) throw new Error('no receipt');
        const note = parseTlogProof(first.receipt).checkpoint.signatures[0];
        if (note === undefined) throw new Error('no signature');
        first.receipt = `${first.receipt}— stranger.example ${first.receipt.trimEnd().split(' ').at(-1) ?? ''}\n`;
      },
      /^witnesses: What other signatures/,
    ],
  ])('%s → holds, and what it does not show is named', async (_what, change, unknown) => {
    const report = await found(change);
    expect(report.fails).toEqual([]);
    expect(report.unknown).toContainEqual(expect.stringMatching(unknown));
  });

  it('a true bundle of another parcel under this one’s word of completeness → fails', async () => {
    expect((await found((copy) => (copy.completeness = aside.completeness))).holds).toBe(false);
  });

  it('checked by the keys it names itself → holds, and says that this proves nothing against the hub', async () => {
    const { holds, checks } = await verifyByItself(lost, given.now);
    expect(holds).toBe(true);
    const trust = checks.find(({ name }) => name === 'trust');
    expect(trust?.result).toBe('unknown');
    expect(trust?.said).toContain('proves nothing against the hub');
    expect(checks.map(({ said }) => said).join()).not.toContain('your trust policy');
  });
});
