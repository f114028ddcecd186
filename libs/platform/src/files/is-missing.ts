/** Whether a file or folder was not there. Not `instanceof`: a test runner's errors are of another realm. */
export const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
