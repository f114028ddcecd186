// Whether this Node is new enough, asked before anything else is loaded: an old one cannot even read the rest. So this file,
// up.js and test.js are written as the oldest Node with modules (12) reads them.

const WANTED = [20, 19];

/**
 * @param {string} version such as 20.19.0
 * @returns {string} the sentence to tell; empty when it is new enough
 */
export function tooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = WANTED;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return '';
  return `Node ${version} is too old: install Node ${WANTED.join('.')} or newer (nodejs.org).`;
}
