// A CSV of scans, line by line: a scan is one line, and what is hashed are the line's bytes. Lines are given to the parser
// many at a time; where that is not understood, each by itself, so that a bad one spoils no other.

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { Hash, SiteId } from '@unbroken/tokens';
import type { Column, CsvSource, Mapping } from '../mapping/mapping.js';
import { readNumber } from '../numbers/parcel-number.js';
import { LONGEST_LINE, byteLines } from './byte-lines.js';
import type { ByteLine } from './byte-lines.js';
import { columnPlaces } from './column-places.js';
import type { ColumnPlaces } from './column-places.js';
import { isAhead } from './future.js';
import type { Fault, Place, Read } from './scan.js';
import { timeReader } from './scan-time.js';
import type { ReadTime } from './scan-time.js';
import { state } from './state.js';

const AT_ONCE = 500;

export interface CsvMapping extends Mapping {
  readonly source: CsvSource;
}

interface TextLine {
  readonly no: number;
  readonly bytes: Buffer;
  readonly text: string;
}

/** A line's fields, or what is wrong with the line as a whole. */
type Fields = readonly string[] | { readonly what: string; readonly cure: string };

/**
 * @param now seconds since 1970: no scan is of the future
 * @throws FileRefused where the header does not have what the mapping names
 */
export async function* csvReads(path: string, mapping: CsvMapping, now: () => number): AsyncGenerator<Read> {
  const { source } = mapping;
  const file = basename(path);
  let reader = source.header ? undefined : new LineReader(file, mapping, columnPlaces(undefined, mapping, file), now);
  const decoder = new TextDecoder(source.encoding, { fatal: true });
  let waiting: TextLine[] = [];
  for await (const line of byteLines(path)) {
    const text = textOf(line, decoder);
    if (typeof text !== 'string') {
      yield { kind: 'fault', fault: { from: { file, unit: 'line', no: line.no }, ...text } };
    } else if (reader === undefined) {
      const [header] = parsed([text], source) ?? [[]];
      reader = new LineReader(file, mapping, columnPlaces(header ?? [], mapping, file), now);
    } else if (text.trim() !== '') waiting.push({ no: line.no, bytes: line.bytes, text });
    if (waiting.length < AT_ONCE || reader === undefined) continue;
    yield* reader.read(waiting);
    waiting = [];
  }
  if (reader === undefined) columnPlaces([], mapping, file);
  else yield* reader.read(waiting);
}

function textOf({ bytes, isTooLong }: ByteLine, decoder: TextDecoder): string | Pick<Fault, 'what' | 'cure'> {
  const cure = 'Correct the line and bring the file again.';
  if (isTooLong) return { what: `It is longer than ${LONGEST_LINE} bytes.`, cure };
  try {
    return decoder.decode(bytes);
  } catch {
    const what = `It is not ${decoder.encoding}.`;
    return { what, cure: 'Set "encoding" in the mapping to what the file is written in.' };
  }
}

/** The fields of each line; undefined where the lines are not understood as one record each. */
function parsed(lines: readonly string[], { delimiter, quote }: CsvSource): string[][] | undefined {
  try {
    const records = parse(lines.join('\n'), {
      delimiter,
      quote,
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
    });
    return records.length === lines.length ? records : undefined;
  } catch {
    return undefined;
  }
}

class LineReader {
  readonly #time: (text: string) => ReadTime;

  constructor(
    private readonly file: string,
    private readonly mapping: CsvMapping,
    private readonly places: ColumnPlaces,
    private readonly now: () => number,
  ) {
    this.#time = timeReader(mapping.source.time);
  }

  *read(lines: readonly TextLine[]): Generator<Read> {
    const { source } = this.mapping;
    const all = parsed(
      lines.map(({ text }) => text),
      source,
    );
    for (const [at, line] of lines.entries()) {
      const fields: Fields = all?.[at] ?? parsed([line.text], source)?.[0] ?? unquoted;
      yield this.#read(line, fields);
    }
  }

  #read({ no, bytes }: TextLine, fields: Fields): Read {
    const from: Place = { file: this.file, unit: 'line', no };
    const fault = (what: string, cure: string, column?: Column): Read => ({
      kind: 'fault',
      fault: { from, column: column === undefined ? undefined : columnName(column), what, cure },
    });
    if (!isFields(fields)) return fault(fields.what, fields.cure);
    const { count } = this.places;
    if (count !== undefined && fields.length !== count) {
      return fault(
        `It has ${fields.length} fields, and the header ${count}.`,
        'Correct the line; look for a delimiter in a field.',
      );
    }
    const field = (column: Column): string => fields[this.places.of(column)] ?? '';
    const { source } = this.mapping;

    const code = field(source.code.column);
    const stated = state(code, this.mapping, field);
    if (stated.kind === 'skipped') return stated;
    if (stated.kind === 'wrong') return fault(stated.what, stated.cure, stated.column ?? source.code.column);

    const named = source.parcel.find(({ column }) => field(column) !== '');
    if (named === undefined) {
      return fault('It names no parcel.', 'Correct the line and bring the file again.', source.parcel[0]?.column);
    }
    const number = readNumber(named.scheme, field(named.column));
    if ('wrong' in number) {
      return fault(
        `"${field(named.column)}" ${number.wrong}.`,
        `Compare it with the label: it should be of ${named.scheme}.`,
        named.column,
      );
    }

    const [timeColumn] = source.time.columns;
    const written = source.time.columns.map(field).join(' ').trim();
    const time = this.#time(written);
    const timeCure = 'Correct the line, or "time" in the mapping, and bring the file again.';
    if ('wrong' in time) return fault(`"${written}" ${time.wrong}.`, timeCure, timeColumn);
    if (isAhead(time.at, this.now())) return fault(`"${written}" has not come yet.`, timeCure, timeColumn);

    const at = this.#placeOf(field);
    if (at !== undefined && typeof at !== 'string') return fault(at.what, at.cure, source.place?.column);
    const { scheme } = named;
    const src = createHash('sha256').update(bytes).digest('base64url') as Hash;
    const scan = { scheme, number: number.number, ...stated.says, when: time.at, src, from };
    return { kind: 'scan', scan: at === undefined ? scan : { ...scan, at } };
  }

  #placeOf(field: (column: Column) => string): SiteId | undefined | { readonly what: string; readonly cure: string } {
    const { place } = this.mapping.source;
    if (place === undefined) return undefined;
    const written = field(place.column);
    const site = Object.hasOwn(place.sites, written) ? place.sites[written] : undefined;
    if (site !== undefined || place.others === 'leave-out') return site;
    return {
      what: `The place "${written}" is not in the mapping.`,
      cure: 'Add it to "sites", or set "others" to leave-out.',
    };
  }
}

const unquoted = {
  what: 'Its quotes do not end where a field ends.',
  cure: 'Correct the line (a scan is one line); where quotes are letters, set "quote" in the mapping to null.',
};

const isFields = (fields: Fields): fields is readonly string[] => Array.isArray(fields);

const columnName = (column: Column): string => (typeof column === 'number' ? `column ${column}` : `column "${column}"`);
