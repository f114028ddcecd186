// Colour for terminals that want it; without it nothing is lost, for every mark has its word beside it.

import type { Output, Surroundings } from './surroundings.js';

export interface Paint {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly alarm: (text: string) => string;
  readonly good: (text: string) => string;
}

const plain = (text: string): string => text;
const within = (from: number, to: number) => (text: string) => `\u001b[${from}m${text}\u001b[${to}m`;

const colourless: Paint = { strong: plain, quiet: plain, alarm: plain, good: plain };
const colours: Paint = { strong: within(1, 22), quiet: within(2, 22), alarm: within(31, 39), good: within(32, 39) };

/** https://no-color.org: any NO_COLOR that is not empty is respected, and what is not a terminal gets none. */
export const paintFor = ({ isTerminal }: Output, env: Surroundings['env']): Paint =>
  isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb' ? colours : colourless;
