// Which of the kept keys signs: the only one that can, or the one that is named.

import type { KeyId, PartyId } from '@unbroken/tokens';
import type { StoredKey, StoredUse } from '../keys/key-store.js';
import { CannotBeDone, UsageError } from './told-failure.js';

interface Wanted {
  readonly party: PartyId;
  readonly uses: readonly StoredUse[];
  readonly named: KeyId | undefined;
}

/**
 * @throws CannotBeDone where the party has no such key here; UsageError where it has several and none is named, or the
 *   named one is another's or for another use
 */
export function chooseKey(keys: readonly StoredKey[], { party, uses, named }: Wanted): StoredKey {
  const fitting = keys.filter((key) => key.party === party && uses.includes(key.use));
  if (named !== undefined) {
    const key = fitting.find(({ kid }) => kid === named);
    if (key !== undefined) return key;
    throw new UsageError(
      `The key ${named} is not one of ${party} for use as ${uses.join(' or ')}.`,
      'See `unbroken keys list`, and name one of them with --key.',
    );
  }
  const [only] = fitting;
  if (only === undefined) {
    const use = uses[0] ?? 'device';
    throw new CannotBeDone(
      'key.missing',
      `No ${use} key of ${party} is kept here.`,
      `Make and enrol one with \`unbroken party enrol --as ${party} --use ${use}\`, or name its home with --home.`,
    );
  }
  if (fitting.length === 1) return only;
  throw new UsageError(
    `Several keys of ${party} are here: ${fitting.map(({ kid, use }) => `${kid} (${use})`).join(', ')}.`,
    'Name the one that signs with --key.',
  );
}
