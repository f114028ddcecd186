// What follows from it that a log has ended and another goes on: what is shown of the two, and what was lost with the first.

import { sameHash } from '@unbroken/tlog';
import type { Checks } from './checks.js';
import type { CustodyStatement } from './read-custody.js';
import { succeedsLine } from './succession.js';
import type { OpenedSuccession } from './succession.js';

export function weighSuccessions(
  successions: readonly OpenedSuccession[],
  statements: readonly CustodyStatement[],
  checks: Checks,
): void {
  for (const one of successions) weighOne(one, statements, checks);
  const unproven = statements.filter(({ shown }) => shown === undefined);
  if (unproven.length === 0) return;
  const logs = [...new Set(unproven.map(({ origin }) => origin))].join(', ');
  const said = `its party signed ${unproven.length === 1 ? 'it' : 'each'}; the place and the time are the operator’s word, unless somebody kept a receipt`;
  checks.add('records', 'unknown', `Where and when ${unproven.length} of the statements stood in ${logs}: ${said}.`);
}

function weighOne(one: OpenedSuccession, statements: readonly CustodyStatement[], checks: Checks): void {
  const { origin, ended, kept, at, reason } = one;
  const underNew = statements.flatMap(({ shown }) => (shown?.under.checkpoint.origin === origin ? [shown] : []));
  const wanted = succeedsLine(ended);
  if (underNew.some(({ under }) => !under.checkpoint.extensions.includes(wanted)))
    checks.add(
      'one-history',
      'fails',
      `A checkpoint of ${origin} does not name the one that ${ended.origin} ended with.`,
    );
  const underOld = statements.flatMap(({ shown }) => (shown?.under.checkpoint.origin === ended.origin ? [shown] : []));
  for (const { under } of underOld) {
    const { size, root } = under.checkpoint;
    if (size > ended.size || (size === ended.size && !sameHash(root, ended.root)))
      checks.add(
        'one-history',
        'fails',
        `${ended.origin} signed ${size} entries and is said to have ended with ${ended.size} others.`,
      );
  }
  if (checks.hasFailed('one-history')) return;
  if (underOld.some(({ under }) => under.checkpoint.size < ended.size))
    checks.add(
      'one-history',
      'unknown',
      `That what ${ended.origin} ended with extends what it showed here is not shown.`,
    );
  checks.add(
    'one-history',
    'holds',
    `${ended.origin} ended with ${ended.size} entries and ${origin} goes on from there: the keys of both logs say so.`,
  );
  if (kept.count < ended.size)
    checks.add(
      'completeness',
      'unknown',
      `Whether more was said of the parcel in ${ended.origin}: ${ended.size - kept.count} of its ${ended.size} entries were lost by ${at.slice(0, 10)} (“${reason}”, says the operator).`,
    );
}
