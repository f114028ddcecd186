// Reads a mapping file and says everything that is wrong with it at once.

import { readFile } from 'node:fs/promises';
import { jsonPointer } from '@unbroken/platform/process';
import { IANAZone } from 'luxon';
import type { z } from 'zod';
import { formatFault } from '../read/scan-time.js';
import { mapping } from './mapping.js';
import type { Mapping } from './mapping.js';
import { MappingRefused } from './mapping-refused.js';
import type { MappingMistake } from './mapping-refused.js';
import { codeMistakes } from './signable.js';

/** @throws MappingRefused with every mistake */
export async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw new MappingRefused(path, [{ path: '', wrong: why }]);
  });
  return parseMapping(text, path);
}

/**
 * @param file what it is called in messages
 * @throws MappingRefused with every mistake
 */
export function parseMapping(text: string, file = 'The mapping'): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new MappingRefused(file, [{ path: '', wrong: `is not JSON: ${(error as Error).message}` }]);
  }
  const read = mapping.safeParse(json);
  if (!read.success) throw new MappingRefused(file, read.error.issues.flatMap(mistakesOf));
  const mistakes = [
    ...sourceMistakes(read.data),
    ...Object.entries(read.data.codes).flatMap(([code, mapped]) => codeMistakes(code, mapped)),
  ];
  if (mistakes.length > 0) throw new MappingRefused(file, mistakes);
  return read.data;
}

function mistakesOf(issue: z.core.$ZodIssue): MappingMistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: jsonPointer([...issue.path, key]),
      wrong: 'is not a member of a mapping',
    }));
  }
  const path = jsonPointer(issue.path);
  if (issue.code === 'invalid_value') return [{ path, wrong: `is not one of ${issue.values.map(String).join(', ')}` }];
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined')) {
    return [{ path, wrong: 'is missing' }];
  }
  return [{ path, wrong: issue.message.startsWith('is ') ? issue.message : `is wrong: ${issue.message}` }];
}

function sourceMistakes({ source, codes }: Mapping): MappingMistake[] {
  if (source.kind === 'epcis') {
    return Object.entries(codes).flatMap(([code, mapped]) =>
      columnsOf(mapped).map(() => ({
        path: jsonPointer(['codes', code, 'claims']),
        wrong: 'names a column, and EPCIS events have none: give the value itself',
      })),
    );
  }
  const { zone, format } = source.time;
  const named = [
    ...source.parcel.map(({ column }, at) => ({ column, path: `/source/parcel/${at}/column` })),
    ...source.time.columns.map((column, at) => ({ column, path: `/source/time/columns/${at}` })),
    ...(source.place === undefined ? [] : [{ column: source.place.column, path: '/source/place/column' }]),
    { column: source.code.column, path: '/source/code/column' },
    ...Object.entries(codes).flatMap(([code, mapped]) =>
      columnsOf(mapped).map((column) => ({ column, path: jsonPointer(['codes', code, 'claims']) })),
    ),
  ];
  const fault = formatFault(format);
  return [
    ...(IANAZone.isValidZone(zone)
      ? []
      : [{ path: '/source/time/zone', wrong: 'is not a time zone by its IANA name, such as Europe/Copenhagen' }]),
    ...(fault === undefined ? [] : [{ path: '/source/time/format', wrong: fault }]),
    ...named
      .filter(({ column }) => !source.header && typeof column === 'string')
      .map(({ path }) => ({
        path,
        wrong: 'is a name, and the file has no header: give the place of the column, from 1',
      })),
  ];
}

const columnsOf = (mapped: Mapping['codes'][string]) =>
  mapped === 'skip' || 'what' in mapped
    ? []
    : Object.values(mapped.claims).flatMap((claim) =>
        typeof claim === 'object' && 'column' in claim ? [claim.column] : [],
      );
