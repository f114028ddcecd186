// Beginnings that many tests tell.

import { Scenario } from './scenario.js';

/** A registered chain, and what is told after. */
export const told = (tell: (s: Scenario) => void) => {
  const s = new Scenario();
  s.registered();
  tell(s);
  return s;
};

/** A chain that is registered and no more. */
export const opened = (claims: Record<string, unknown> = {}) => {
  const s = new Scenario();
  s.registered(claims);
  return s;
};

/** With the post holding the parcel. */
export const carried = (claims: Record<string, unknown> = {}) => {
  const s = opened(claims);
  s.handOff('sender', 'post');
  return s;
};
