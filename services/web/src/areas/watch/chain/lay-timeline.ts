// A chain as lines under each other: which mark stands at each, and which rails run past it. A hand-off is drawn across
// two lines: the release ends in the upper half of a circle, the acceptance begins with the lower half.

import type { ChainView, TimelineEntry } from '@unbroken/contracts';

export type Mark =
  /** Halves of a hand-off: given, given in vain, taken, taken by somebody else, waited for. */
  | 'gives'
  | 'gives-in-vain'
  | 'takes'
  | 'takes-astray'
  | 'awaited'
  /** Registered; seals put on; any other line statement; confirmed, or confirmed with something wrong; void, destroyed. */
  | 'begins'
  | 'seals'
  | 'statement'
  | 'confirms'
  | 'confirms-harm'
  | 'ends'
  /** Beside the line: a remark, what has no effect, what is not here yet. */
  | 'remark'
  | 'no-effect'
  | 'missing';

export interface Rail {
  readonly track: number;
  /** Which part of the line's height it runs through. */
  readonly part: 'upper' | 'lower' | 'whole';
  readonly dashed: boolean;
}

export interface TimelineLine {
  readonly key: string;
  readonly mark: Mark;
  readonly track: number;
  readonly rails: readonly Rail[];
  /** Tracks that part from this line's own here. */
  readonly opens: readonly number[];
  /** Undefined for what is waited for or missing. */
  readonly entry?: TimelineEntry;
  /** For the other half of a release: whom it waits for. */
  readonly awaits?: NonNullable<TimelineEntry['half']>;
}

type Bare = Omit<TimelineLine, 'rails' | 'opens'>;

/** Every entry in the order of the view, with what is missing before what needs it, and what is waited for after it. */
export function layTimeline({ entries, missing }: Pick<ChainView, 'entries' | 'missing'>): TimelineLine[] {
  const needed = new Map(missing.map(({ tid, neededBy }) => [neededBy, tid]));
  const lines = entries.flatMap((entry): Bare[] => {
    const { tid, track, half } = entry;
    const gap = needed.get(tid);
    return [
      ...(gap === undefined ? [] : [{ key: `missing ${gap}`, mark: 'missing', track } as const]),
      { key: tid, mark: markOf(entry), track, entry },
      ...(half?.answer === 'open' ? [{ key: `awaited ${tid}`, mark: 'awaited', track, awaits: half } as const] : []),
    ];
  });
  return withRails(lines);
}

const ends = new Set<string | null>(['voided', 'destroyed']);
const astray = new Set<string>(['misdelivery.wrong-party', 'misdelivery.off-route']);

function markOf({ evt, place, half, findings }: TimelineEntry): Mark {
  if (place === 'remark') return 'remark';
  if (place !== 'line' && place !== 'gap' && place !== 'waiting') return 'no-effect';
  if (evt === 'released') return half?.answer === 'open' || half?.answer === 'accepted' ? 'gives' : 'gives-in-vain';
  if (evt === 'accepted') return findings.some(({ code }) => astray.has(code)) ? 'takes-astray' : 'takes';
  if (evt === 'registered') return 'begins';
  if (evt === 'sealed') return 'seals';
  if (evt === 'confirmed') return findings.length === 0 ? 'confirms' : 'confirms-harm';
  return ends.has(evt) ? 'ends' : 'statement';
}

/** From where to where a track is drawn. */
interface Reach {
  readonly track: number;
  /** The line it parts from; its own first line for the main one. */
  readonly from: number;
  readonly first: number;
  readonly last: number;
}

function withRails(lines: readonly Bare[]): TimelineLine[] {
  const reaches = reachesOf(lines);
  return lines.map((line, at) => ({
    ...line,
    opens: reaches.filter(({ from, first }) => from === at && first > at).map(({ track }) => track),
    rails: reaches.flatMap((reach) => {
      const part = partOf(reach, at);
      return part === undefined ? [] : [{ track: reach.track, part, dashed: isDashed(lines, reach, at) }];
    }),
  }));
}

function reachesOf(lines: readonly Bare[]): Reach[] {
  const at = new Map(lines.map(({ key }, index) => [key, index]));
  const tracks = [...new Set(lines.map(({ track }) => track))];
  return tracks.map((track) => {
    const first = lines.findIndex((line) => line.track === track);
    const prev = lines.find((line) => line.track === track && line.entry !== undefined)?.entry?.prev;
    const from = track === 0 ? first : (at.get(prev ?? '') ?? first);
    return { track, from, first, last: lines.findLastIndex((line) => line.track === track) };
  });
}

function partOf({ from, first, last }: Reach, at: number): Rail['part'] | undefined {
  if (at < from || at > last || (at === from && from < first)) return undefined;
  if (first === last && from === first) return undefined;
  if (at === last) return 'upper';
  return at === first && from === first ? 'lower' : 'whole';
}

/** Nobody knows what was between, or nobody has signed yet. */
function isDashed(lines: readonly Bare[], { track }: Reach, at: number): boolean {
  const line = lines[at];
  if (line?.track !== track) return false;
  return line.mark === 'missing' || line.entry?.place === 'gap' || line.entry?.place === 'waiting';
}
