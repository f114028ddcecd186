// Which of the kept keys is used: the only one that can, the one that is named; to open something, any that counts, where all
// that count are one person's; or, where nobody keeps whose it was, any that counts.

import type { PartyChainState } from '@unbroken/contracts';
import type { KeyId, PartyId } from '@unbroken/tokens';
import type { StoredKey, StoredUse } from '../keys/key-store.js';
import { CannotBeDone, UsageError } from './told-failure.js';

type EnrolledKey = PartyChainState['keys'][number];

interface Wanted {
  readonly party: PartyId;
  readonly uses: readonly StoredUse[];
  readonly named: KeyId | undefined;
  /** The party's keys as its chain tells them, asked for where several are kept; undefined where no hub answers. */
  readonly enrolled: () => Promise<readonly EnrolledKey[] | undefined>;
}

/**
 * The key that signs.
 * @throws CannotBeDone where the party has no such key here; UsageError where it has several and none is named, or the
 *   named one is another's or for another use
 */
export async function chooseKey(keys: readonly StoredKey[], wanted: Wanted): Promise<StoredKey> {
  const fitting = fittingKeys(keys, wanted);
  if (fitting.length === 1) return fitting[0];
  throw several(fitting, wanted, await wanted.enrolled());
}

/**
 * The key to open something with, which is kept by person: where the keys that count are one person's, or there is only one,
 * nobody need be asked whose it is.
 * @param now seconds since 1970
 * @throws as `chooseKey`
 */
export async function openingKey(keys: readonly StoredKey[], wanted: Wanted, now: number): Promise<StoredKey> {
  const fitting = fittingKeys(keys, wanted);
  if (fitting.length === 1) return fitting[0];
  const enrolled = await wanted.enrolled();
  const [first, ...others] = counting(fitting, wanted, { enrolled, now });
  const person = enrolled?.find(({ kid }) => kid === first?.kid)?.person;
  const isTheirs = ({ kid }: StoredKey): boolean =>
    person !== undefined && enrolled?.find((key) => key.kid === kid)?.person === person;
  if (first !== undefined && others.every(isTheirs)) return first;
  throw several(fitting, wanted, enrolled);
}

/**
 * A key to show who asks with: of several one that counts, of the first of the uses that has one. Where none counts the hub
 * says so.
 * @param now seconds since 1970
 * @throws as `chooseKey`, but never for want of a name
 */
export async function readingKey(keys: readonly StoredKey[], wanted: Wanted, now: number): Promise<StoredKey> {
  const fitting = fittingKeys(keys, wanted);
  const enrolled = fitting.length === 1 ? undefined : await wanted.enrolled();
  return counting(fitting, wanted, { enrolled, now })[0] ?? fitting[0];
}

/** Those that are enrolled and not revoked, by the order of the uses. */
function counting(
  fitting: readonly StoredKey[],
  { uses }: Wanted,
  { enrolled, now }: { readonly enrolled: readonly EnrolledKey[] | undefined; readonly now: number },
): readonly StoredKey[] {
  const counts = ({ kid }: StoredKey): boolean =>
    enrolled?.some((key) => key.kid === kid && (key.revoked === undefined || key.revoked.since > now)) === true;
  return fitting.filter(counts).toSorted((a, b) => uses.indexOf(a.use) - uses.indexOf(b.use));
}

const several = (
  fitting: readonly StoredKey[],
  { party }: Wanted,
  enrolled: readonly EnrolledKey[] | undefined,
): UsageError =>
  new UsageError(
    `Several keys of ${party} are here: ${fitting.map((key) => `${key.kid} (${told(key, enrolled)})`).join(', ')}.`,
    'Name the one that signs with --key.',
  );

/** At least one. */
function fittingKeys(keys: readonly StoredKey[], { party, uses, named }: Wanted): [StoredKey, ...StoredKey[]] {
  const [first, ...more] = keys.filter((key) => key.party === party && uses.includes(key.use));
  if (named !== undefined) {
    const key = [first, ...more].find((one) => one?.kid === named);
    if (key !== undefined) return [key];
    throw new UsageError(
      `The key ${named} is not one of ${party} for use as ${uses.join(' or ')}.`,
      'See `unbroken keys list`, and name one of them with --key.',
    );
  }
  if (first !== undefined) return [first, ...more];
  throw missing(keys, party, uses[0] ?? 'device');
}

function missing(keys: readonly StoredKey[], party: PartyId, use: StoredUse): CannotBeDone {
  const parties = [...new Set(keys.map((key) => key.party))];
  const what = `No ${use} key of ${party} is kept here`;
  const enrol = `\`unbroken party enrol --as ${party} --use ${use}\``;
  if (parties.includes(party) || parties.length === 0) {
    return new CannotBeDone(
      'key.missing',
      `${what}.`,
      `Make and enrol one with ${enrol}, or name its home with --home.`,
    );
  }
  return new CannotBeDone(
    'key.missing',
    `${what}, and no other key of it; kept here: ${parties.join(', ')}.`,
    `Name one of these with --as, or the home of ${party} with --home.`,
  );
}

/** What it is for and for whom it was enrolled, so that a person knows their own. */
function told({ kid, use }: StoredKey, enrolled: readonly EnrolledKey[] | undefined): string {
  if (enrolled === undefined) return use;
  const key = enrolled.find((one) => one.kid === kid);
  if (key === undefined) return `${use}, not enrolled`;
  return `${use}${key.person === undefined ? '' : ` of ${key.person}`}${key.revoked === undefined ? '' : ', revoked'}`;
}
