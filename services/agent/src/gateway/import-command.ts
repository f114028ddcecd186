// `unbroken-agent import FILE --map MAPPING`: one file, taken, signed and recorded, with everything that is wrong with it.

import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { backoffMs } from '@unbroken/platform/process';
import { HubProblem, HubUnreachable } from '@unbroken/sdk';
import { chainsBearing } from './chains/chains-bearing.js';
import { KeyDoesNotCount } from './counting-key.js';
import type { Gateway } from './gateway.js';
import { mappingDoubts } from './mapping/mapping-doubts.js';
import { readMapping } from './mapping/read-mapping.js';
import { faultLine } from './read/scan.js';
import type { Fault } from './read/scan.js';
import type { GatewayRecord } from './record/gateway-record.js';
import { RecordBusy } from './record/record-busy.js';
import { NotRecordedYet } from './send.js';
import type { Taken } from './take.js';

export interface ImportOptions {
  readonly map: string;
  readonly dryRun: boolean;
  /** Told of each bad line as it is met, and of what is waited for. */
  readonly tell: (line: string) => void;
  /** Told of each bad line as it is met, in place of `tell`. */
  readonly tellFault?: (fault: Fault) => void;
  /** Milliseconds that a hub that is away is waited for. */
  readonly patienceMs?: number;
}

/** What became of the file, and what the gateway has to do still. */
export interface Imported {
  readonly file: string;
  readonly dryRun: boolean;
  readonly taken: Taken;
  /** Of the new ones, whose parcels are not registered; only in a dry run. */
  readonly unknown?: number;
  /** What is on its way in the gateway's record, of this file and of earlier ones. */
  readonly left: Awaited<ReturnType<GatewayRecord['counts']>>;
  /** Why not all that could be is recorded; undefined: all is. */
  readonly notYet?: string;
}

const PATIENCE_MS = 120_000;

/** @throws MappingRefused, FileRefused, RecordBusy */
export async function importFile(gateway: Gateway, path: string, options: ImportOptions): Promise<Imported> {
  const { map, dryRun, tell, tellFault } = options;
  const mapping = await readMapping(map);
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const record = await openWaiting(gateway, patienceMs, tell);
  try {
    const told = tellFault ?? ((fault: Fault) => tell(faultLine(fault)));
    const file = basename(path);
    if (dryRun) {
      for (const { path: where, wrong } of mappingDoubts(mapping)) tell(`! ${basename(map)}: ${where} ${wrong}.`);
      await gateway.hear(record);
      await gateway.hearHub(record).catch((error: unknown) => {
        if (!isAway(error)) throw error;
        tell(`${error.message} What waits is counted by what is known here.`);
      });
      let unknown = 0;
      const taken = await gateway.take(path, mapping, {
        record,
        told,
        dryRun,
        seen: async (fresh) => {
          for (const scan of fresh) if ((await chainsBearing(record, scan)).length === 0) unknown += 1;
        },
      });
      return { file, dryRun, taken, unknown, left: await record.counts() };
    }
    const taken = await gateway.take(path, mapping, { record, told });
    const notYet = await forwarded(gateway, record, patienceMs, tell);
    return { file, dryRun, taken, left: await record.counts(), ...(notYet === undefined ? {} : { notYet }) };
  } finally {
    await record.close();
  }
}

async function openWaiting(gateway: Gateway, patienceMs: number, tell: (line: string) => void): Promise<GatewayRecord> {
  const until = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await gateway.open();
    } catch (error) {
      if (!(error instanceof RecordBusy) || performance.now() >= until) throw error;
      if (attempt === 1) tell(`${error.message} Waiting for it.`);
      await pause(backoffMs(attempt));
    }
  }
}

/** Tries for as long as there is patience; answers why it is not done. */
async function forwarded(
  gateway: Gateway,
  record: GatewayRecord,
  patienceMs: number,
  tell: (line: string) => void,
): Promise<string | undefined> {
  const until = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    try {
      await gateway.forward(record, { askHub: true });
      return undefined;
    } catch (error) {
      if (error instanceof KeyDoesNotCount) return `${error.message} ${error.cure}`;
      if (!isAway(error)) throw error;
      if (performance.now() >= until) return error.message;
      if (attempt === 1) tell(`${error.message} Everything is kept; trying on.`);
      await pause(backoffMs(attempt));
    }
  }
}

/** The hub, not what was given to it. */
const isAway = (error: unknown): error is Error =>
  error instanceof HubUnreachable ||
  error instanceof NotRecordedYet ||
  (error instanceof HubProblem && (error.status >= 500 || error.status === 429));

/** For people. */
export function importedText({ file, dryRun, taken, unknown, left, notYet }: Imported): string {
  const { scans, fresh, known, skipped, faults } = taken;
  const read = `${file}: ${scans} scans (${fresh} new, ${known} known), ${skipped} passed over, ${faults} bad.`;
  if (dryRun) {
    return `${read}\nNothing was taken. Of the new ones ${fresh - (unknown ?? 0)} would be signed now, and ${unknown ?? 0} would wait for the registration of their parcel.`;
  }
  const { waiting, refused } = left;
  const rest = `${waiting} in all wait for the registration of their parcel, ${refused} in all were refused: \`unbroken-agent scans\` names them.`;
  if (notYet === undefined) return `${read}\nAll that could be signed is recorded. ${rest}`;
  return `${read}\n${left.taken + left.outgoing} are kept and not recorded yet: ${notYet} The running agent goes on with them, and so does the next import. ${rest}`;
}
