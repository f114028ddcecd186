// The sign in the colour of its surroundings. It never stands alone: a word stands beside it.

import { strokesOf } from './shapes.js';
import type { Shape } from './shapes.js';

interface SignProps {
  readonly shape: Shape;
  /** Pixels. */
  readonly size?: number;
}

export function Sign({ shape, size = 20 }: SignProps) {
  const { filled, outlined, dashed, cut } = strokesOf(shape);
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      {filled !== undefined && <path d={filled} fill="currentColor" />}
      {outlined !== undefined && (
        <path
          d={outlined}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.7}
          strokeDasharray={dashed === true ? '3 2.4' : undefined}
        />
      )}
      {cut !== undefined && (
        <path d={cut} fill="none" stroke="var(--sign-ground, var(--surface))" strokeWidth={2.4} strokeLinecap="round" />
      )}
    </svg>
  );
}
