// The outbox as a directory: one file a token, named by its place in the order and by its bytes.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from '@unbroken/tokens';
import { writePrivateFile } from '../keys/private-file.js';
import { OutboxRefused, outboxToken, sumOf } from './outbox-token.js';
import type { OutboxStore, OutboxToken } from './outbox-token.js';

interface Slot {
  readonly order: number;
  readonly sum: string;
  readonly path: string;
}

const NAME = /^(\d{12})-([A-Za-z0-9_-]{43})\.json$/;

export class DirectoryOutbox implements OutboxStore {
  /** @param directory made when the first token is kept */
  constructor(readonly directory: string) {}

  /** A crash before the file has its name: the token was never kept, and nobody was told that it is. After it: it is. */
  async add(token: OutboxToken): Promise<void> {
    const slots = await this.#slots();
    const sum = sumOf(token);
    if (slots.some((slot) => slot.sum === sum)) return;
    const order = String((slots.at(-1)?.order ?? 0) + 1).padStart(12, '0');
    await writePrivateFile(join(this.directory, `${order}-${sum}.json`), textOf(token));
  }

  async list(): Promise<readonly OutboxToken[]> {
    const read = await Promise.all((await this.#slots()).map(({ path }) => readKept(path)));
    return read.filter((token) => token !== undefined);
  }

  /** A crash leaves what was known before: the hub is asked again, and says the same. */
  async replace(token: OutboxToken): Promise<void> {
    const sum = sumOf(token);
    const slot = (await this.#slots()).find((one) => one.sum === sum);
    if (slot !== undefined) await writePrivateFile(slot.path, textOf(token));
  }

  /** A crash before it: the token is settled once more, which changes nothing. */
  async remove(sum: Hash): Promise<void> {
    for (const slot of await this.#slots()) if (slot.sum === sum) await rm(slot.path, { force: true });
  }

  /** In their order. Other files are none of ours: what a crash left of one that was being written has no such name. */
  async #slots(): Promise<Slot[]> {
    const names = await namesIn(this.directory);
    return names
      .map((name) => NAME.exec(name))
      .filter((match) => match !== null)
      .map(([name, order, sum = '']) => ({ order: Number(order), sum, path: join(this.directory, name) }))
      .toSorted((a, b) => a.order - b.order || (a.sum < b.sum ? -1 : 1));
  }
}

const textOf = (token: OutboxToken): string => `${JSON.stringify(token, null, 2)}\n`;

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined where another process has just settled it. */
async function readKept(path: string): Promise<OutboxToken | undefined> {
  try {
    return outboxToken.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw new OutboxRefused(
      `${path} is not a token of the outbox.`,
      'Put the file back from your copy, or move it out of the directory: it is not carried in until then.',
    );
  }
}
