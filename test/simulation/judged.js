// What the alerts service would raise of a chain, and when: token by token as they are recorded, and by the clock between.

import { deadlines, emptyChain, evolve, follows, judgeChain, judgeNext } from '@unbroken/custody';
import { context } from './country.js';

/** @typedef {import('@unbroken/custody').ChainState} ChainState */
/** @typedef {{ code: string, at: number, told: string[], responsible: string | null }} Raised `at` in seconds */

/** Each finding once; whoever answers now is asked. */
class Alarm {
  /** @type {Map<string, Raised>} */
  raised = new Map();

  /** @param {ChainState} state @param {string} code @param {string} tid @param {number} at */
  raise({ sender, responsible, consignee, holder }, code, tid, at) {
    const key = `${code} ${tid}`;
    if (this.raised.has(key)) return;
    const told = [...new Set([sender, responsible, consignee, holder])].filter((party) => party !== null);
    this.raised.set(key, { code, at, told, responsible });
  }

  /** @param {ChainState} state @param {number} until */
  lookAtClock(state, until) {
    for (const { code, tid, at, met } of deadlines(state, context)) {
      if (!met && at <= until) this.raise(state, code, tid, Math.max(at, state.recordedAt / 1000));
    }
  }
}

/**
 * Every pipeline is taken for alive, as in a country whose couriers hand over thousands of parcels a day it is.
 * @param {import('./parcel.js').Parcel} parcel @param {number} end seconds @returns {Raised[]}
 */
export function raisedOf(parcel, end) {
  const alarm = new Alarm();
  let state = emptyChain(parcel.sub);
  const recorded = parcel.tokens.toSorted((a, b) => a.recordedAt - b.recordedAt || a.index - b.index);
  for (const [index, told] of recorded.entries()) {
    const token = { ...told, index };
    const now = token.recordedAt / 1000;
    alarm.lookAtClock(state, now);
    const before = state;
    state = evolve(state, token);
    if (follows(before, token)) {
      for (const code of judgeNext(before, token, context)) alarm.raise(state, code, token.tid, now);
    } else {
      for (const [tid, codes] of judgeChain(state, context))
        for (const code of codes) alarm.raise(state, code, tid, now);
    }
  }
  alarm.lookAtClock(state, end);
  return [...alarm.raised.values()];
}
