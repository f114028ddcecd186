// Several entries of one partition in one message of custody.recorded.v1 (docs/protocol, section 7, "Packs"): while a
// backlog drains, what surrounds a message costs more than the entry in it. Text, so that people can read it:
//
//   index SP key SP received-at SP device-clock LF entry LF      for each entry; "-" where a time is not known
//
// An entry is two lines itself. The message's key is the first entry's, which goes to the same partition as all others.

/** One entry and what a message of its own would say beside it. Times as in their headers. */
export interface PackedEntry {
  readonly index: string;
  readonly key: string;
  readonly receivedAt: string | undefined;
  readonly deviceClock: string | undefined;
  /** As `encodeEntry` writes it, latin1. */
  readonly entry: Buffer;
}

const LINE_FEED = 0x0a;
const NONE = '-';
const LINE_END = Buffer.from('\n');

/** The value of a message that holds these entries, at least one, in their order. */
export const encodePack = (entries: readonly PackedEntry[]): Buffer =>
  Buffer.concat(entries.flatMap((packed) => [Buffer.from(lineOf(packed), 'latin1'), packed.entry, LINE_END]));

/** Reads a pack back; throws a RangeError on anything `encodePack` does not write. The entries are views of `value`. */
export function decodePack(value: Buffer): PackedEntry[] {
  const entries: PackedEntry[] = [];
  for (let start = 0; start < value.length;) {
    const line = lineEnd(value, start);
    const end = lineEnd(value, lineEnd(value, line + 1) + 1);
    entries.push({ ...readLine(value.toString('latin1', start, line)), entry: value.subarray(line + 1, end) });
    start = end + 1;
  }
  if (entries.length === 0) throw new RangeError('a pack without entries');
  return entries;
}

const lineOf = ({ index, key, receivedAt, deviceClock }: PackedEntry): string =>
  `${index} ${key} ${receivedAt ?? NONE} ${deviceClock ?? NONE}\n`;

function lineEnd(value: Buffer, start: number): number {
  const end = value.indexOf(LINE_FEED, start);
  if (end < 0) throw new RangeError(`a pack ends within an entry, after byte ${start}`);
  return end;
}

function readLine(line: string): Omit<PackedEntry, 'entry'> {
  const [index, key, receivedAt, deviceClock, ...more] = line.split(' ');
  if (index === undefined || key === undefined || receivedAt === undefined || deviceClock === undefined || more.length)
    throw new RangeError('an entry in a pack has no line "index key received-at device-clock" before it');
  return { index, key, receivedAt: known(receivedAt), deviceClock: known(deviceClock) };
}

const known = (time: string): string | undefined => (time === NONE ? undefined : time);
