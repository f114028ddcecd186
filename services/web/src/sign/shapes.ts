// The one sign: a hand-off is two half circles that close into one when both have signed. Drawn in a square of 24; each
// shape says its state without colour.

const left = 'M11.2 3a9 9 0 0 0 0 18z';
const right = 'M12.8 3a9 9 0 0 1 0 18z';
const rightOutline = 'M13.6 3.8a8.3 8.3 0 0 1 0 16.4z';
const leftOutline = 'M10.4 3.8a8.3 8.3 0 0 0 0 16.4z';

interface Strokes {
  /** Painted full. */
  readonly filled?: string;
  /** Drawn as a line; `dashed` where nobody knows. */
  readonly outlined?: string;
  readonly dashed?: true;
  /** Cut out of what is painted, in the colour of the ground. */
  readonly cut?: string;
}

export const shapes = {
  /** Nobody has offered it yet. */
  prepared: { outlined: `${leftOutline}${rightOutline}` },
  /** One half signed, the other waited for. */
  offered: { filled: left, outlined: rightOutline },
  /** Both halves signed. */
  whole: { filled: `${left}${right}` },
  /** Delivered and confirmed: whole for good. */
  closed: { filled: 'M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18z', cut: 'M7.8 12.3l3 3l5.4-6' },
  /** The halves do not meet: somebody else has taken it. */
  astray: { filled: 'M10.6 1.6a8.4 8.4 0 0 0 0 16.8zM13.4 5.6a8.4 8.4 0 0 1 0 16.8z' },
  /** The second half is overdue: a clock where it should be. */
  late: { filled: left, outlined: 'M13.6 3.8a8.3 8.3 0 0 1 0 16.4zM13.8 7.5v5h4' },
  /** It was whole, and has a crack. */
  opened: { filled: 'M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18z', cut: 'M13.5 2.5l-3.5 6l4.5 3.5l-4.5 4l2.5 5.5' },
  /** Whole, and somebody should look at it. */
  look: { filled: 'M9.3 5a8 8 0 0 0 0 16zM10.9 5.1a8 8 0 0 1 0 15.9zM20 1.4a3 3 0 0 1 0 6a3 3 0 0 1 0-6z' },
  /** Two parties say they took it. */
  disputed: { filled: `${left}M13 1.8a8.6 8.6 0 0 1 8.2 8.8h-8.2zM13 22.2a8.6 8.6 0 0 0 8.2-8.8h-8.2z` },
  /** Nobody knows where either half is. */
  lost: { outlined: `${leftOutline}${rightOutline}`, dashed: true },
  /** It never left, or is no more. */
  void: { outlined: 'M12 3.8a8.2 8.2 0 0 1 0 16.4a8.2 8.2 0 0 1 0-16.4zM6.4 17.6L17.6 6.4' },
} as const satisfies Readonly<Record<string, Strokes>>;

export type Shape = keyof typeof shapes;

export const strokesOf = (shape: Shape): Strokes => shapes[shape];
