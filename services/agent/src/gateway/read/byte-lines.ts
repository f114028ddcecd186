// The lines of a file as bytes, one after the other, whatever its size: what is hashed is the line as it was written. A line
// ends with LF or CRLF, which are no part of it; a byte order mark is none of the first.

import { createReadStream } from 'node:fs';

/** Longer ones are no lines of a feed: they are given cut off, and said to be so. */
export const LONGEST_LINE = 64 * 1024;

export interface ByteLine {
  /** From 1. */
  readonly no: number;
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** @throws Error as the file system has it */
export async function* byteLines(path: string): AsyncGenerator<ByteLine> {
  let no = 0;
  let left: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    let bytes = left.length === 0 ? (chunk as Buffer) : Buffer.concat([left, chunk as Buffer]);
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF)) {
      yield lineOf(++no, bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    // Of a line that is too long its beginning is enough, longer than any line and its end may be: memory stays bounded.
    left = Buffer.from(bytes.subarray(0, LONGEST_LINE + 2));
  }
  if (left.length > 0) yield lineOf(no + 1, left);
}

function lineOf(no: number, whole: Buffer): ByteLine {
  const bytes = no === 1 && whole.subarray(0, 3).equals(BOM) ? whole.subarray(3) : whole;
  const end = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
  return { no, bytes: bytes.subarray(0, Math.min(end, LONGEST_LINE)), isTooLong: end > LONGEST_LINE };
}
