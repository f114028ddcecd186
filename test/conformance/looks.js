// What checks look at again and again: a token's fate and a chain's state, cut down to what is asked.

/** @typedef {import('./cast.js').Cast} Cast */

/**
 * The fate of a token: its status, and the code where it was refused.
 * @param {Cast} cast
 * @param {string} tid
 */
export function fateOf({ system }, tid) {
  return async () => {
    const { status, code } = await system.token(tid);
    return status === 'refused' ? `${status} ${code}` : status;
  };
}

/**
 * Whose hands, in whose charge: `status holder responsible`.
 * @param {Cast} cast
 * @param {string} sub
 */
export function handsOf({ system }, sub) {
  return async () => {
    const { state } = await system.chain(sub);
    return `${state.status} ${state.holder} ${state.responsible}`;
  };
}

/**
 * The findings of each token, by its id.
 * @param {Cast} cast
 * @param {string} sub
 * @returns {() => Promise<Record<string, string[]>>}
 */
export function findingsOf({ system }, sub) {
  return async () => {
    const { tokens } = await system.chain(sub);
    return Object.fromEntries(tokens.map((/** @type {any} */ { tid, findings }) => [tid, findings.toSorted()]));
  };
}
