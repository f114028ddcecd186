// A seal as a small ring: closed, cut, dotted where it is missing, crossed where it is another one, thin where nobody
// looked. Never without its word.

interface SealRingProps {
  /** As observed: intact, broken, missing, other, unobserved. */
  readonly state: string;
}

export function SealRing({ state }: SealRingProps) {
  return (
    <svg viewBox="0 0 16 16" width={14} height={14} aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth={2}>
        {state === 'intact' && <circle cx="8" cy="8" r="5.5" />}
        {state === 'broken' && <path d="M6.2 2.8a5.5 5.5 0 1 0 3.6 0M5 6.5l6-5.5" />}
        {state === 'missing' && <circle cx="8" cy="8" r="5.5" strokeDasharray="1.5 2.8" />}
        {state === 'other' && <path d="M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11M5.2 6.6h5.6M5.2 9.4h5.6" />}
        {state === 'unobserved' && <circle cx="8" cy="8" r="5.5" strokeWidth={1} />}
      </g>
    </svg>
  );
}
