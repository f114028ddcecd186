// What was seen of a seal, in words.

import type { Tone } from './group-words.js';

const states: Readonly<Record<string, { word: string; tone: Tone }>> = {
  intact: { word: 'intact', tone: 'good' },
  broken: { word: 'broken', tone: 'alarm' },
  missing: { word: 'missing', tone: 'alarm' },
  other: { word: 'not the one put on', tone: 'alarm' },
  unobserved: { word: 'not looked at', tone: 'quiet' },
};

export const sealWords = (state: string): { word: string; tone: Tone } =>
  states[state] ?? { word: state, tone: 'quiet' };
