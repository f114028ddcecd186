// Every token of a chain in words, with what became of it.

import type { TimelineEntry } from '@unbroken/contracts';
import { isMalformed } from '@unbroken/custody';
import type { Recorded, Standing } from '@unbroken/custody';
import type { TokenId } from '@unbroken/tokens';
import { inScanOrder, statementSentence } from '@unbroken/words';
import type { Names } from '../chains/names.js';
import { rfc3339 } from '../chains/shown-row.js';
import type { EntryFindings } from './entry-findings.js';
import { prevOf } from './follow-line.js';
import type { Followed } from './follow-line.js';
import { answersTo } from './halves.js';
import type { Answered } from './halves.js';
import { sealsSaid } from './seals-seen.js';
import { factsOf } from './token-facts.js';

export interface TimelineParts {
  readonly followed: readonly Followed[];
  readonly findings: EntryFindings;
  readonly names: Names;
  /** What the registry says of a token's signer now. */
  readonly standing: (tid: TokenId) => Standing | undefined;
}

export function timelineOf(parts: TimelineParts): TimelineEntry[] {
  const answers = answersTo(parts.followed);
  return inScanOrder(parts.followed, ({ token }) => (isMalformed(token) ? undefined : token.claims)).map((followed) =>
    entryOf(followed, answers, parts),
  );
}

function entryOf(
  { token: recorded, place, track }: Followed,
  answers: ReadonlyMap<string, Answered>,
  { findings, names, standing }: TimelineParts,
): TimelineEntry {
  const { tid, index, kid, recordedAt } = recorded;
  const claims = isMalformed(recorded) ? undefined : recorded.claims;
  const signer = standing(tid);
  return {
    tid,
    index,
    evt: claims?.evt ?? null,
    by: names.named(claims?.iss ?? null),
    said: claims === undefined ? 'A statement that could not be read' : statementSentence(claims, names.nameOf),
    signedAt: claims === undefined ? null : rfc3339(claims.iat * 1000),
    happenedAt: claims?.when === undefined || claims.when === claims.iat ? null : rfc3339(claims.when * 1000),
    recordedAt: rfc3339(recordedAt),
    grade: signer?.use ?? null,
    key: signer?.key ?? null,
    kid,
    place,
    track,
    prev: prevOf(recorded),
    half: place === 'line' ? halfOf(recorded, answers, names) : null,
    facts: factsOf(recorded, names),
    seals: { ...sealsSaid(recorded) },
    findings: findings.said(tid),
  };
}

function halfOf(recorded: Recorded, answers: ReadonlyMap<string, Answered>, names: Names): TimelineEntry['half'] {
  if (isMalformed(recorded) || recorded.claims.evt !== 'released') return null;
  const { to, mode } = recorded.claims;
  const answered = answers.get(recorded.tid);
  return { to: names.named(to), mode, answer: answered?.answer ?? 'open', answeredBy: answered?.by ?? null };
}
