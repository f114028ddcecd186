// A file read with its mapping, whichever of the forms it is in.

import { access, constants } from 'node:fs/promises';
import type { Mapping } from '../mapping/mapping.js';
import { csvReads } from './csv-reads.js';
import { epcisReads } from './epcis-reads.js';
import { FileRefused } from './file-refused.js';
import type { Read } from './scan.js';

/**
 * @param now seconds since 1970
 * @throws FileRefused where nothing of it can be read
 */
export async function* reads(path: string, { source, ...rest }: Mapping, now: () => number): AsyncGenerator<Read> {
  await access(path, constants.R_OK).catch(() => {
    throw new FileRefused(`${path} is not there, or cannot be read.`, 'Check its name and who may read it.');
  });
  if (source.kind === 'csv') yield* csvReads(path, { source, ...rest }, now);
  else yield* epcisReads(path, { source, ...rest }, now);
}
