// Several entries of one partition in one message of custody.recorded.v1 (docs/protocol, section 7, "Packs"): while a
// backlog drains, what surrounds a message costs more than the entry in it. Text, so that people can read it:
//
//   index SP key SP received-at SP device-clock LF entry LF      for each entry; "-" where a time is not known
//
// An entry is two lines itself. The message's key is the first entry's, which goes to the same partition as all others.

/** What a message of its own would say beside an entry. Times as in their headers. */
interface Beside {
  readonly index: string;
  readonly key: string;
  readonly receivedAt: string | undefined;
  readonly deviceClock: string | undefined;
}

export interface PackedEntry extends Beside {
  /** As `encodeEntry` writes it, latin1. */
  readonly entry: Buffer;
}

export interface UnpackedEntry extends Beside {
  /** The bytes of the pack that are the entry: from `at` to before `end`. */
  readonly at: number;
  readonly end: number;
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const NONE = '-';

/** The value of a message that holds these entries, at least one, in their order. */
export function encodePack(entries: readonly PackedEntry[]): Buffer {
  const pack = Buffer.allocUnsafe(entries.reduce((size, packed) => size + sizeOf(packed), 0));
  let end = 0;
  const write = (text: string, after: number): void => {
    end += pack.write(text, end, 'latin1');
    pack[end++] = after;
  };
  for (const { index, key, receivedAt, deviceClock, entry } of entries) {
    write(index, SPACE);
    write(key, SPACE);
    write(receivedAt ?? NONE, SPACE);
    write(deviceClock ?? NONE, LINE_FEED);
    end += entry.copy(pack, end);
    pack[end++] = LINE_FEED;
  }
  return pack;
}

const sizeOf = ({ index, key, receivedAt = NONE, deviceClock = NONE, entry }: PackedEntry): number =>
  index.length + key.length + receivedAt.length + deviceClock.length + entry.length + 5;

/** Reads a pack back; throws a RangeError on anything `encodePack` does not write. The entries stay where they are. */
export function decodePack(value: Buffer): UnpackedEntry[] {
  const entries: UnpackedEntry[] = [];
  for (let start = 0; start < value.length;) {
    const line = lineEnd(value, start);
    const end = lineEnd(value, lineEnd(value, line + 1) + 1);
    entries.push(readLine(value.toString('latin1', start, line), line + 1, end));
    start = end + 1;
  }
  if (entries.length === 0) throw new RangeError('a pack without entries');
  return entries;
}

function lineEnd(value: Buffer, start: number): number {
  const end = value.indexOf(LINE_FEED, start);
  if (end < 0) throw new RangeError(`a pack ends within an entry, after byte ${start}`);
  return end;
}

function readLine(line: string, at: number, end: number): UnpackedEntry {
  const index = line.indexOf(' ');
  const key = line.indexOf(' ', index + 1);
  const receivedAt = line.indexOf(' ', key + 1);
  const isWhole = 0 <= index && index < key && key < receivedAt && !line.includes(' ', receivedAt + 1);
  if (!isWhole) throw new RangeError('an entry in a pack has no line "index key received-at device-clock" before it');
  return {
    index: line.slice(0, index),
    key: line.slice(index + 1, key),
    receivedAt: known(line.slice(key + 1, receivedAt)),
    deviceClock: known(line.slice(receivedAt + 1)),
    at,
    end,
  };
}

const known = (time: string): string | undefined => (time === NONE ? undefined : time);
