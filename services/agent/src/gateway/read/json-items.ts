// The items of a JSON array in a file, one after the other, whatever the file's size. Which array it is depends on how the
// file begins.

import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';

export interface ItemPaths {
  /** Where the whole file is an array. */
  readonly inArray: readonly string[];
  /** Where it is an object. */
  readonly inObject: readonly string[];
}

/** Where it stops being JSON; what came before it was given. */
export class JsonBroken extends Error {
  override readonly name = 'JsonBroken';
}

/** @throws JsonBroken; Error as the file system has it */
export async function* jsonItems(path: string, { inArray, inObject }: ItemPaths): AsyncGenerator {
  let parser: JSONParser | undefined;
  let items: unknown[] = [];
  let broken: Error | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 })) {
    const text = chunk as Buffer;
    if (parser === undefined) {
      const paths = [...(firstSign(text) === '[' ? inArray : inObject)];
      // Without the stack, so that an item is forgotten when it was given.
      parser = new JSONParser({ paths, keepStack: false });
      parser.onValue = ({ value }) => void items.push(value);
      parser.onError = (error) => (broken ??= error);
    }
    if (!parser.isEnded || text.toString('latin1').trim() !== '') parser.write(text);
    yield* items;
    items = [];
    if (broken !== undefined) throw new JsonBroken(broken.message);
  }
  if (parser?.isEnded !== true) throw new JsonBroken('it ends before its end');
}

const firstSign = (bytes: Buffer): string => /[^\s\uFEFF]/.exec(bytes.subarray(0, 1024).toString('utf8'))?.[0] ?? '';
