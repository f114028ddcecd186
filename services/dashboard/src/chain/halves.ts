// What became of each offer: a hand-off has two halves, and the second is whatever answered the first.

import type { TimelineEntry } from '@unbroken/contracts';
import { isMalformed } from '@unbroken/custody';
import type { Release } from '@unbroken/custody';
import type { Followed } from './follow-line.js';

type Answer = NonNullable<TimelineEntry['half']>['answer'];

export interface Answered {
  readonly answer: Exclude<Answer, 'open'>;
  /** The token that answered. */
  readonly by: string;
}

/** By the release's token; offers that nobody answered are left out. An acceptance outweighs every other answer. */
export function answersTo(followed: readonly Followed[]): ReadonlyMap<string, Answered> {
  const answers = new Map<string, Answered>();
  for (const { token, before, after } of followed) {
    if (isMalformed(token)) continue;
    // Releases are only ever added behind those before them.
    for (const [at, release] of before.releases.entries()) {
      const now = after.releases[at];
      if (now === undefined || !isAnswered(release, now)) continue;
      const answer = now.accepted ? 'accepted' : answerBy(token.claims.evt);
      if (!answers.has(release.tid) || answer === 'accepted') answers.set(release.tid, { answer, by: token.tid });
    }
  }
  return answers;
}

const isAnswered = (before: Release, after: Release): boolean =>
  (!before.accepted && after.accepted) || (before.answered === null && after.answered !== null);

/** A consignee that confirms has taken what was offered. Whoever accepts another offer has replaced this one. */
function answerBy(evt: string): Answered['answer'] {
  if (evt === 'refused') return 'refused';
  if (evt === 'withdrawn' || evt === 'voided') return 'withdrawn';
  return evt === 'confirmed' ? 'accepted' : 'replaced';
}
