// Seals seen otherwise than they were put on. Every deviating observation counts, also by hands that may move nothing.

import { inContext, when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeSeals: Judge = (judged) => {
  const { claims } = judged.token;
  if (claims.evt === 'sealed' || !('seals' in claims) || claims.seals === undefined) return [];
  const seen = Object.entries(claims.seals);
  const neverSealed = ([id, state]: (typeof seen)[number]) =>
    state !== 'unobserved' && !Object.hasOwn(judged.line.seals, id);
  return when({
    'seal.broken': seen.some(([, state]) => state === 'broken'),
    'seal.missing': seen.some(([, state]) => state === 'missing'),
    'seal.unknown': seen.some(([, state]) => state === 'other') || (inContext(judged) && seen.some(neverSealed)),
  });
};
