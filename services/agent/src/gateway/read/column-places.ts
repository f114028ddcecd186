// Which column of a CSV is which: by the names in its first line, or by their places.

import type { Column, CsvSource, Mapping } from '../mapping/mapping.js';
import { FileRefused } from './file-refused.js';

export interface ColumnPlaces {
  /** How many fields every line has; undefined where no header says so. */
  readonly count: number | undefined;
  /** The place of a field, from 0. */
  of(column: Column): number;
}

/**
 * @param header the names in the first line; undefined where the file has none
 * @throws FileRefused naming the columns that the mapping names and the header does not have, or has twice
 */
export function columnPlaces(
  header: readonly string[] | undefined,
  mapping: Mapping & { readonly source: CsvSource },
  file: string,
): ColumnPlaces {
  const places = new Map<Column, number>();
  const wrong: string[] = [];
  for (const column of namedColumns(mapping)) {
    const place = typeof column === 'number' ? column - 1 : (header ?? []).indexOf(column);
    if (place < 0 || (header !== undefined && place >= header.length)) wrong.push(`has no column "${column}"`);
    else if (typeof column === 'string' && header?.lastIndexOf(column) !== place) {
      wrong.push(`has the column "${column}" twice`);
    }
    places.set(column, place);
  }
  if (wrong.length > 0) {
    const has = (header ?? []).map((name) => `"${name}"`).join(', ');
    throw new FileRefused(
      `${file} ${wrong.join(', and ')}. Its first line names ${has === '' ? 'nothing' : has}.`,
      'Check that the mapping is the one for this file, with its "delimiter", and "header" if it has none.',
    );
  }
  return { count: header?.length, of: (column) => places.get(column) ?? -1 };
}

function namedColumns({ source, codes }: Mapping & { readonly source: CsvSource }): readonly Column[] {
  const inClaims = Object.values(codes).flatMap((mapped) =>
    mapped === 'skip' || 'what' in mapped ? [] : Object.values(mapped.claims),
  );
  return [
    ...new Set([
      ...source.parcel.map(({ column }) => column),
      ...source.time.columns,
      ...(source.place === undefined ? [] : [source.place.column]),
      source.code.column,
      ...inClaims.flatMap((claim) => (typeof claim === 'object' && 'column' in claim ? [claim.column] : [])),
    ]),
  ];
}
