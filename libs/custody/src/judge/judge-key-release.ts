// The key to an encrypted medium, let go before anybody can know that the medium arrived as it left.

import type { Line } from '../chain-state.js';
import type { RecordedToken } from '../recorded.js';
import { isSecondPerson } from '../second-person.js';
import { inContext, when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeKeyRelease: Judge = (judged) => {
  const { token, line } = judged;
  if (token.claims.evt !== 'key-released' || !inContext(judged)) return [];
  return when({ 'key.too-early': !arrivedWhole(line) && !isJustified(line, token) });
};

const arrivedWhole = ({ arrivedUnopened, seals }: Line): boolean =>
  arrivedUnopened === true && Object.values(seals).every((seen) => seen === 'intact');

/** Whoever cannot wait is a second person and keeps a reason, which the token commits to. */
const isJustified = ({ opening }: Line, { claims, standing }: RecordedToken): boolean =>
  claims.note !== undefined && opening !== null && isSecondPerson(opening, standing.person ?? null);
