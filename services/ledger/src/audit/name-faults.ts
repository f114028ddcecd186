// Names what a walk and the testimonies have found, once it is known which side was changed.

import { decodeEntry } from '@unbroken/contracts';
import { statementId } from '@unbroken/manifests';
import type { TokenId } from '@unbroken/tokens';
import { rfc3339 } from '../rfc3339.js';
import type { LogName } from '../logs.js';
import { told } from './audited-row.js';
import type { AuditedRow } from './audited-row.js';
import type { FaultCode, Faults } from './fault.js';
import type { TileDifference } from './tile-rows.js';
import { AGREED } from './truth.js';
import type { Truth } from './truth.js';
import type { Difference, Walked } from './walk-log.js';
import type { Testimony } from './witness.js';

interface Findings {
  readonly log: LogName;
  readonly walked: Walked;
  readonly truth: Truth;
  readonly testimonies: readonly Testimony[];
}

export function nameFaults({ log, walked, truth, testimonies }: Findings, faults: Faults): void {
  const heard = new Map<number, Testimony[]>();
  for (const one of testimonies) heard.set(one.index, [...(heard.get(one.index) ?? []), one]);
  const places = new Map(
    walked.differences.flatMap(({ index, tile }) => (tile ? [[tile.toString('hex'), index]] : [])),
  );
  const say = (
    code: FaultCode,
    where: string,
    at: { index: number | null; tid: TokenId | null },
    says: string,
    should: string,
  ) => faults.add({ code, where, log, ...at, says, should });

  for (const difference of walked.differences) nameDifference(difference);
  for (const [index, given] of heard)
    if (!walked.differences.some((one) => one.index === index)) nameTestimony(index, given);
  for (const row of walked.again) say('entry.doubled', 'entries', placeOf(row), told(row), 'one row for each index');
  nameTilesAbove();

  function nameDifference({ index, row, entry, tile }: Difference): void {
    const wanted = truth.leafAt(index);
    const right = heard.get(index)?.find(({ hash }) => wanted !== undefined && hash.equals(wanted));
    const should = wanted === undefined ? undecided(index, tile) : shouldSay(right, wanted);
    if (row === undefined) {
      say('entry.missing', 'entries', { index, tid: right === undefined ? null : tidOf(right) }, 'no row', should);
    } else if (wanted === undefined || entry?.equals(wanted) !== true) {
      const at = entry === undefined ? undefined : places.get(entry.toString('hex'));
      const isMoved = truth.basis === 'tiles' && at !== undefined && at !== index;
      const says = isMoved ? `${told(row)}, which belongs at ${at}` : told(row);
      say(isMoved ? 'entry.moved' : 'entry.changed', 'entries', placeOf(row), says, should);
    }
    // Leaves of one tile that is not there are one fault, below.
    if (tile !== undefined && wanted !== undefined && !tile.equals(wanted)) {
      const says = `${hex(tile)} at ${index % 256}`;
      const place = { index, tid: row?.tid ?? null };
      say(
        'tile.changed',
        `tiles 0/${Math.floor(index / 256)}`,
        place,
        says,
        `${hex(wanted)}, the hash of entry ${index}`,
      );
    }
  }

  function nameTestimony(index: number, given: readonly Testimony[]): void {
    const wanted = truth.leafAt(index);
    for (const one of given) {
      const { row, hash, kind, where } = one;
      const place = { index, tid: row?.tid ?? tidOf(one) };
      const here = row === undefined ? 'no row' : told(row);
      if (index >= walked.size) {
        say(
          kind === 'topic' ? 'topic.beyond' : 'entry.missing',
          kind === 'topic' ? where : 'entries',
          place,
          kind === 'topic' ? heldIn(one) : here,
          kind === 'topic' ? `nothing: the log ends at ${walked.size}` : `${heldIn(one)}, as ${where} has it`,
        );
      } else if (wanted !== undefined && wanted !== AGREED && hash.equals(wanted)) {
        say('entry.changed', 'entries', place, here, `${heldIn(one)}, as ${where} has it and the signed root says`);
      } else if (kind === 'bundle' || truth.basis === 'unknown') {
        // A receipt under the log's own key, or no root that either leads to: what is here is not what was.
        say('entry.changed', 'entries', place, here, `${heldIn(one)}, as ${where} has it`);
      } else {
        say(
          kind === 'topic' ? 'topic.changed' : 'copy.differs',
          where,
          place,
          heldIn(one),
          `${here}, as the signed root says`,
        );
      }
    }
  }

  function nameTilesAbove(): void {
    for (const level0 of tilesWithout(walked.differences)) {
      const { tile, first, count } = level0;
      const should = `${count} hashes more, from entry ${first} on`;
      say('tile.missing', `tiles 0/${tile}`, { index: first, tid: null }, 'no such hashes', should);
    }
    const above = truth.basis === 'entries' ? walked.aboveEntries : walked.aboveTiles;
    for (const [where, wrong] of byTile(above)) {
      const [first] = wrong;
      if (first === undefined) continue;
      const more = wrong.length > 1 ? ` and ${wrong.length - 1} more of its hashes` : '';
      const says = `${first.stored === undefined ? 'nothing' : hex(first.stored)} at ${first.position}${more}`;
      const code = first.stored === undefined ? 'tile.missing' : 'tile.changed';
      say(code, where, { index: null, tid: null }, says, hex(first.wanted));
    }
  }
}

const placeOf = (row: AuditedRow) => ({ index: Number(row.index), tid: row.tid });

const hex = (hash: Buffer): string => hash.toString('hex').slice(0, 16);

const undecided = (index: number, tile: Buffer | undefined): string =>
  tile === undefined
    ? `entry ${index}, of which nothing is left here`
    : `an entry with the hash ${hex(tile)}, or the tile is wrong: what was signed can be led to by neither`;

function shouldSay(right: Testimony | undefined, wanted: Buffer): string {
  if (right !== undefined) return `${heldIn(right)}, as ${right.where} has it`;
  return `an entry with the hash ${hex(wanted)}, which nobody here holds (try --copy with the parties' own)`;
}

/** What somebody holds, in the words in which a row is told. */
function heldIn({ bytes }: Pick<Testimony, 'bytes'>): string {
  try {
    const entry = decodeEntry(bytes.toString('latin1'));
    const size = `recorded ${rfc3339(entry.recordedAt)} with ${entry.registrySize} registry entries`;
    if (entry.kind === 'malformed') return `${entry.tid}, ${size}, malformed ${entry.reason}`;
    return `${statementId(entry.token)}, ${size}`;
  } catch {
    return 'no entry';
  }
}

function tidOf({ bytes }: Pick<Testimony, 'bytes'>): TokenId | null {
  try {
    const entry = decodeEntry(bytes.toString('latin1'));
    return entry.kind === 'malformed' ? entry.tid : statementId(entry.token);
  } catch {
    return null;
  }
}

function tilesWithout(differences: readonly Difference[]): readonly { tile: number; first: number; count: number }[] {
  const tiles = new Map<number, { tile: number; first: number; count: number }>();
  for (const { index, tile: hash } of differences) {
    if (hash !== undefined) continue;
    const tile = Math.floor(index / 256);
    const known = tiles.get(tile) ?? { tile, first: index, count: 0 };
    tiles.set(tile, { ...known, count: known.count + 1 });
  }
  return [...tiles.values()];
}

function byTile(differences: readonly TileDifference[]): ReadonlyMap<string, readonly TileDifference[]> {
  const tiles = new Map<string, TileDifference[]>();
  for (const one of differences) {
    const where = `tiles ${one.level}/${one.index}`;
    tiles.set(where, [...(tiles.get(where) ?? []), one]);
  }
  return tiles;
}
