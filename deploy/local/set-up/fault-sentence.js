// What the machine itself can refuse, as one sentence with the cure: a full disk, a folder that may not be written. It comes
// as an error of the file system, or in the words of a program that was started.

/** @type {Record<string, (path: string) => string>} */
const faults = {
  ENOSPC: (path) => `The disk is full (${path}): make room, or choose a folder on another disk with --data.`,
  EDQUOT: (path) => `Your share of the disk is used up (${path}): make room, or choose another folder with --data.`,
  EROFS: (path) => `${path} is on a read-only disk: choose another folder with --data.`,
  EACCES: (path) => `You may not write ${path}: run as the user it belongs to, or choose another folder with --data.`,
  EPERM: (path) => `You may not change ${path}: run as the user it belongs to, or choose another folder with --data.`,
  EEXIST: (path) => `${path} is a file and not a folder: choose another folder with --data.`,
  ENOTDIR: (path) => `${path} is below a file and not in a folder: choose another folder with --data.`,
};

/**
 * @param {unknown} error
 * @returns {string | undefined} undefined for anything else
 */
export function faultSentence(error) {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path, syscall } = /** @type {NodeJS.ErrnoException} */ (error);
  if (syscall !== undefined && path !== undefined) return faults[code]?.(path);
  const told = /^.*No space left on device.*$/im.exec(error.message)?.[0];
  return told === undefined ? undefined : faults['ENOSPC']?.(told.trim());
}
