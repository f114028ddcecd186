// The parcels of one gesture, as they are named to the command: one by one, in a file of ids, or by the manifest that was
// scanned.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { looksLikeManifest, readHandoverManifest } from '../handover/manifest-code.js';
import { shipmentArgument } from './arguments.js';
import { COMPARE_IT, noShipmentId } from './no-shipment-id.js';
import { CannotBeDone, UsageError } from './told-failure.js';

export interface ParcelsOption {
  readonly from?: string;
}

const collected = (typed: string, before: readonly ShipmentId[] = []): readonly ShipmentId[] => [
  ...before,
  shipmentArgument(typed),
];

export const withParcels = (command: Command): Command =>
  command
    .argument('[shipments...]', 'their ids, with or without dashes', collected)
    .option('--from <file>', 'a file with one id a line, or a manifest: all of its parcels');

/** @throws UsageError where none is named, CannotBeDone where the file cannot be read, CodeRefused where its manifest cannot */
export async function parcelsNamed(
  named: readonly ShipmentId[] | undefined,
  { from }: ParcelsOption,
): Promise<readonly ShipmentId[]> {
  const parcels = [...(named ?? []), ...(from === undefined ? [] : await parcelsIn(from))];
  if (parcels.length > 0) return parcels;
  throw new UsageError('No parcel is named.', 'Name the parcels by their ids, or a file of them with --from.');
}

async function parcelsIn(path: string): Promise<readonly ShipmentId[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CannotBeDone('file.unreadable', (error as Error).message, 'Name a file that is there.');
  });
  if (looksLikeManifest(text)) return (await readHandoverManifest(text)).parcels.map(({ sub }) => sub);
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '') return [];
    const sub = readShipmentId(line.trim());
    if (sub !== null) return [sub];
    const what = `Line ${at + 1} of ${path} is no parcel’s id. ${noShipmentId(line) ?? ''}`;
    throw new CannotBeDone('file.shipment', what, `Write one id a line. ${COMPARE_IT}`);
  });
}
