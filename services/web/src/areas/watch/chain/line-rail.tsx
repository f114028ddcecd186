// The drawing beside one line: rails that run past, and the mark that stands here.

import type { CSSProperties } from 'react';
import type { Mark, Rail, TimelineLine } from './lay-timeline.js';
import css from './line-rail.module.css';

/** Pixels between two tracks, and from the edge to the first. */
const TRACK = 28;
const EDGE = 16;

const across = (track: number): number => EDGE + track * TRACK;

/** How wide the drawing of so many further tracks is. */
export const railWidth = (tracks: number): number => across(tracks) + TRACK;

const UPPER_HALF = 'M1 11.5a10 10 0 0 1 20 0z';
const LOWER_HALF = 'M1 .5a10 10 0 0 0 20 0z';

interface Drawing {
  /** Pixels: wide and high. */
  readonly size: readonly [number, number];
  readonly filled?: string;
  readonly outlined?: string;
  readonly dashed?: true;
  readonly cut?: string;
  readonly tone: string;
}

const drawings: Readonly<Record<Mark, Drawing>> = {
  gives: { size: [22, 12], filled: UPPER_HALF, tone: 'calm' },
  'gives-in-vain': { size: [22, 12], outlined: UPPER_HALF, tone: 'quiet' },
  takes: { size: [22, 12], filled: LOWER_HALF, tone: 'calm' },
  'takes-astray': { size: [22, 12], filled: LOWER_HALF, tone: 'alarm' },
  awaited: { size: [22, 12], outlined: LOWER_HALF, dashed: true, tone: 'late' },
  begins: { size: [16, 16], outlined: 'M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12', tone: 'calm' },
  seals: { size: [16, 16], outlined: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11', tone: 'calm' },
  statement: { size: [12, 12], filled: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10', tone: 'calm' },
  confirms: {
    size: [22, 22],
    filled: 'M11 1a10 10 0 1 1 0 20a10 10 0 1 1 0-20',
    cut: 'M6.5 11.5l3.2 3.2l5.8-6.6',
    tone: 'good',
  },
  'confirms-harm': {
    size: [22, 22],
    filled: 'M11 1a10 10 0 1 1 0 20a10 10 0 1 1 0-20',
    cut: 'M12.5 0l-3.5 8l4.5 4l-4 10',
    tone: 'alarm',
  },
  ends: { size: [16, 16], outlined: 'M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12M3.8 12.2l8.4-8.4', tone: 'quiet' },
  remark: { size: [10, 10], filled: 'M5 1a4 4 0 1 1 0 8a4 4 0 1 1 0-8', tone: 'quiet' },
  'no-effect': { size: [14, 14], outlined: 'M7 1.5l5.5 5.5l-5.5 5.5l-5.5-5.5z', tone: 'late' },
  missing: { size: [16, 16], outlined: 'M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12', dashed: true, tone: 'late' },
};

const half: ReadonlySet<Mark> = new Set<Mark>(['takes', 'takes-astray', 'awaited']);
const upperHalf: ReadonlySet<Mark> = new Set<Mark>(['gives', 'gives-in-vain']);
const beside: ReadonlySet<Mark> = new Set<Mark>(['remark', 'no-effect']);

const placeOf = (mark: Mark): string => (half.has(mark) ? 'top' : upperHalf.has(mark) ? 'bottom' : 'middle');

interface LineRailProps {
  readonly line: TimelineLine;
  /** Pixels. */
  readonly width: number;
}

export function LineRail({ line, width }: LineRailProps) {
  const { mark, track, rails, opens } = line;
  const { size, filled, outlined, dashed, cut, tone } = drawings[mark];
  const [wide, high] = size;
  return (
    <div className={css['rail']} style={{ width }} aria-hidden="true">
      {rails.map((rail) => (
        <span key={rail.track} className={css['past']} style={at(rail)} {...kindOf(rail, mark, track)} />
      ))}
      {opens.map((opened) => (
        <Parting key={opened} from={across(track)} to={across(opened)} />
      ))}
      {beside.has(mark) && <span className={css['tick']} style={{ left: across(track) }} data-mark={mark} />}
      <svg
        className={css['mark']}
        data-place={placeOf(mark)}
        data-mark={mark}
        data-tone={tone}
        style={{ left: across(track) + (beside.has(mark) ? TRACK / 2 : 0), width: wide, height: high }}
        viewBox={`0 0 ${wide} ${high}`}
      >
        {filled !== undefined && <path d={filled} fill="var(--tone)" />}
        {outlined !== undefined && (
          <path
            d={outlined}
            fill="var(--ground)"
            stroke="var(--tone)"
            strokeWidth={1.8}
            strokeDasharray={dashed === true ? '3 2.5' : undefined}
          />
        )}
        {cut !== undefined && <path d={cut} fill="none" stroke="var(--ground)" strokeWidth={2.2} />}
      </svg>
    </div>
  );
}

const at = ({ track }: Rail): CSSProperties => ({ left: across(track) });

/** A rail ends at its mark: at the line's edge where that is a half. */
function kindOf({ part, dashed, track }: Rail, mark: Mark, own: number) {
  return {
    'data-part': part,
    'data-dashed': dashed || undefined,
    'data-half': (track === own && half.has(mark)) || undefined,
  };
}

/** From one track to the one that parts from it, at the foot of the line. */
function Parting({ from, to }: { readonly from: number; readonly to: number }) {
  const width = to - from;
  return (
    <svg className={css['parting']} style={{ left: from - 1, width: width + 2, height: 26 }}>
      <path d={`M1 0C1 18 ${width + 1} 8 ${width + 1} 26`} fill="none" stroke="var(--rail)" strokeWidth={2} />
    </svg>
  );
}
