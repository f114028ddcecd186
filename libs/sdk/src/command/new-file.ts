// Files that a command writes for people: never over one that is there.

import { writeFile } from 'node:fs/promises';
import { CannotBeDone } from './told-failure.js';

/** @throws CannotBeDone where there is such a file, or it cannot be written */
export async function writeNewFile(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST'
      ? new CannotBeDone('file.exists', `${path} is there already.`, 'Name another file, or move that one away.')
      : new CannotBeDone('file.unwritable', message, 'Name a file in a folder that you can write to.');
  }
}
