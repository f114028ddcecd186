// npm passes Ctrl-C on, but a signal sent to npm alone ends only the shell in between, and a killed npm passes nothing
// on: whoever was started by npm ends when its parent does.

const CHECK_MS = 500;

/**
 * Calls back once when the process that started this one has ended; only when that was npm.
 * @param {() => void} ended
 */
export function whenNpmEnds(ended) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    ended();
  }, CHECK_MS);
  check.unref();
}
