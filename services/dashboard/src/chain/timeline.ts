// A chain as people read it: along the line, remarks behind what they hang on, a fork branch by branch; behind all that
// what has no place in it.

import type { TimelineEntry } from '@unbroken/contracts';
import { isMalformed } from '@unbroken/custody';
import type { ChainState, FindingCode, Recorded, Standing } from '@unbroken/custody';
import type { TokenId } from '@unbroken/tokens';
import { statementSentence } from '@unbroken/words';
import type { Names } from '../chains/names.js';
import { rfc3339 } from '../chains/shown-row.js';
import type { EntryFindings } from './entry-findings.js';
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

type Place = TimelineEntry['place'];

export function timelineOf(state: ChainState, parts: TimelineParts): TimelineEntry[] {
  const answers = answersTo(parts.followed);
  const tracks = new Map<string, number>(parts.followed.map(({ token, track }) => [token.tid, track]));
  const placed = parts.followed.map(({ token, effect, track }) =>
    entryOf(token, placeWithin(token, effect, parts.findings.codes(token.tid)), track, answers, parts),
  );
  const outside = state.history
    .filter(({ tid }) => !tracks.has(tid))
    .map((recorded) => {
      const place = placeOutside(recorded, state, parts.findings.codes(recorded.tid));
      return entryOf(recorded, place, tracks.get(prevOf(recorded) ?? '') ?? 0, answers, parts);
    });
  return [...placed, ...outside];
}

function entryOf(
  recorded: Recorded,
  place: Place,
  track: number,
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
    seals: isMalformed(recorded) ? {} : { ...sealsSaid(recorded) },
    findings: findings.said(tid),
  };
}

function halfOf(recorded: Recorded, answers: ReadonlyMap<string, Answered>, names: Names): TimelineEntry['half'] {
  if (isMalformed(recorded) || recorded.claims.evt !== 'released') return null;
  const { to, mode } = recorded.claims;
  const answered = answers.get(recorded.tid);
  return { to: names.named(to), mode, answer: answered?.answer ?? 'open', answeredBy: answered?.by ?? null };
}

const prevOf = (recorded: Recorded): string | null =>
  !isMalformed(recorded) && 'prev' in recorded.claims ? recorded.claims.prev : null;

/** Of what is reached from the opening. */
function placeWithin(recorded: Recorded, effect: Followed['effect'], codes: readonly FindingCode[]): Place {
  if (effect !== 'none') return effect;
  const isRemark = !isMalformed(recorded) && !('seq' in recorded.claims);
  const why = whyNothing(recorded, codes);
  // Of several remarks on statements that move nothing themselves, only the last one shows in the state.
  return why === 'wrong-hands' && isRemark && !codes.includes('custody.role') && !isNotHolder(codes) ? 'remark' : why;
}

function placeOutside(recorded: Recorded, { gaps, waiting }: ChainState, codes: readonly FindingCode[]): Place {
  if (gaps.includes(recorded.tid)) return 'gap';
  if (waiting.includes(recorded.tid)) return 'waiting';
  return whyNothing(recorded, codes);
}

function whyNothing(recorded: Recorded, codes: readonly FindingCode[]): Place {
  if (isMalformed(recorded) || codes.includes('token.malformed')) return 'malformed';
  if (recorded.standing.key === 'revoked') return 'revoked';
  if (codes.includes('custody.twice')) return 'twice';
  return codes.includes('custody.closed') ? 'closed' : 'wrong-hands';
}

const isNotHolder = (codes: readonly FindingCode[]): boolean =>
  codes.includes('custody.not-holder') || codes.includes('custody.not-consignee');
