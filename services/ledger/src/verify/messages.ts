// What the ledger's thread and its verification threads say to each other. Tokens travel as one block of bytes that is
// handed over, not copied; verdicts as one JSON text, which costs less than cloning a thousand objects.

import type { CountingKey } from './key-ring.js';
import type { Verdict } from './verdict.js';

export interface ThreadSettings {
  readonly deployment: string;
}

export interface Learn {
  readonly kind: 'learn';
  readonly keys: readonly CountingKey[];
}

export interface Judge {
  readonly kind: 'judge';
  readonly chunk: number;
  /** The tokens one after another; `ends` says where each ends. */
  readonly bytes: ArrayBuffer;
  readonly ends: Uint32Array;
}

export type ToThread = Learn | Judge;

export interface Judged {
  readonly chunk: number;
  /** JSON of Verdict[], in the order of the tokens. */
  readonly verdicts: string;
}

/** `null` says: ready to judge. */
export type FromThread = Judged | null;

export function packTokens(chunk: number, tokens: readonly Uint8Array[]): Judge {
  const ends = new Uint32Array(tokens.length);
  let size = 0;
  tokens.forEach((token, i) => (ends[i] = size += token.length));
  const packed = new Uint8Array(size);
  tokens.forEach((token, i) => {
    packed.set(token, (ends[i] ?? 0) - token.length);
  });
  return { kind: 'judge', chunk, bytes: packed.buffer, ends };
}

export function* unpackTokens({ bytes, ends }: Judge): Generator<Uint8Array> {
  let start = 0;
  for (const end of ends) {
    yield new Uint8Array(bytes, start, end - start);
    start = end;
  }
}

export const writeVerdicts = (verdicts: readonly Verdict[]): string => JSON.stringify(verdicts);

export const readVerdicts = (text: string): Verdict[] => JSON.parse(text) as Verdict[];
