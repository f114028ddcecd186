// Thousand random changes of true bundles: each is refused, found out, or named as what the file cannot show. What
// changes nothing that a bundle says (how its JSON is written, in which order parties are listed) gives the same report.

import fc from 'fast-check';
import type { EvidenceBundle } from './bundle.js';
import { EvidenceRefused } from './bundle.js';
import { change, spoil } from './fixture/spoil.js';
import type { Change } from './fixture/spoil.js';
import { trueBundles } from './fixture/true-bundles.js';
import type { TrueBundles } from './fixture/true-bundles.js';
import { readEvidenceFile } from './read-file.js';
import { verifyEvidence } from './verify-evidence.js';
import type { EvidenceReport } from './verify-evidence.js';

type Outcome = 'refused' | 'fails' | 'named' | 'same' | 'silent';

/** What is drawn is the same each time; keys and signatures are not, so that places fall on other bytes. */
const SEED = 20261121;
const RUNS = 1_000;

describe('a true bundle, changed', () => {
  let given: TrueBundles;
  let reports: EvidenceReport[];

  beforeAll(async () => {
    given = await trueBundles();
    reports = await Promise.all(given.bundles.map((bundle) => verifyEvidence(bundle, given.trust, given.now)));
  });

  async function outcomeOf(bytes: Uint8Array, bundle: EvidenceBundle, report: EvidenceReport): Promise<Outcome> {
    try {
      const read = (await readEvidenceFile(bytes)).bundle;
      const found = await verifyEvidence(read, given.trust, given.now);
      if (!found.holds) return 'fails';
      if (sameParties(read, bundle)) return sameReport(found, report) ? 'same' : 'silent';
      const isTrue = found.chain.tokens.every(({ token }) => report.chain.tokens.some((one) => one.token === token));
      return isTrue && namesMore(found, report) ? 'named' : 'silent';
    } catch (error) {
      if (error instanceof EvidenceRefused) return 'refused';
      throw error;
    }
  }

  it('unchanged → holds, whole and by itself', () => {
    for (const report of reports) expect(report.checks.filter(({ result }) => result === 'fails')).toEqual([]);
  });

  it(`${RUNS} random changes → none passes in silence`, async () => {
    const outcomes: Record<Outcome, number> = { refused: 0, fails: 0, named: 0, same: 0, silent: 0 };
    const property = fc.asyncProperty(fc.nat(), change, async (which: number, how: Change) => {
      const at = which % given.bundles.length;
      const [bundle, report] = [given.bundles[at], reports[at]] as [EvidenceBundle, EvidenceReport];
      const bytes = spoil(bundle, how, given.others);
      fc.pre(!isWrittenAlike(bytes, bundle));
      const outcome = await outcomeOf(bytes, bundle, report);
      outcomes[outcome] += 1;
      expect(outcome).not.toBe('silent');
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
    // Every outcome is met, so that none is met by accident.
    expect(outcomes.refused).toBeGreaterThan(200);
    expect(outcomes.fails).toBeGreaterThan(200);
    expect(outcomes.named).toBeGreaterThan(20);
    expect(outcomes.same).toBeLessThan(20);
  }, 120_000);
});

/** No change at all: the same JSON, or the same but for space between its members. */
function isWrittenAlike(bytes: Uint8Array, bundle: EvidenceBundle): boolean {
  try {
    return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes))) === JSON.stringify(bundle);
  } catch {
    return false;
  }
}

/** The same but for how it is written and in which order its parties are listed. */
function sameParties(one: EvidenceBundle, other: EvidenceBundle): boolean {
  const inOrder = (bundle: EvidenceBundle) =>
    JSON.stringify({ ...bundle, parties: bundle.parties.toSorted((a, b) => (a.party < b.party ? -1 : 1)) });
  return inOrder(one) === inOrder(other);
}

const sameReport = (one: EvidenceReport, other: EvidenceReport): boolean =>
  JSON.stringify([one.checks.toSorted(bySentence), one.chain]) ===
  JSON.stringify([other.checks.toSorted(bySentence), other.chain]);

const bySentence = (a: { said: string }, b: { said: string }): number => (a.said < b.said ? -1 : 1);

/** Something is said to be unknown that is known of the true one. */
const namesMore = (one: EvidenceReport, other: EvidenceReport): boolean =>
  one.checks.some(({ result, said }) => result === 'unknown' && other.checks.every((check) => check.said !== said));
