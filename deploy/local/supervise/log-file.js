// Where the output of a started process goes: one file each, the one before it kept when it has grown large.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LARGE_BYTES = 20 * 1024 * 1024;
const TAIL_LINES = 15;

/** @param {string} folder @param {string} name */
export function logFile(folder, name) {
  return join(folder, `${name}.log`);
}

/**
 * Opens a log for appending, calls back with its descriptor, and closes our end.
 * @template T
 * @param {string} folder
 * @param {string} name
 * @param {(descriptor: number) => T} use
 * @returns {T}
 */
export function withLog(folder, name, use) {
  mkdirSync(folder, { recursive: true });
  const file = logFile(folder, name);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGE_BYTES) renameSync(file, `${file}.previous`);
  const descriptor = openSync(file, 'a', 0o640);
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The last lines, for an error that people read: of what a service logs, the sentences among the records where there are
 * any.
 * @param {string} folder @param {string} name
 */
export function logTail(folder, name) {
  const lines = readFileSync(logFile(folder, name), 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
  const sentences = lines.filter((line) => !line.startsWith('{'));
  return (sentences.length > 0 ? sentences : lines).join('\n');
}
