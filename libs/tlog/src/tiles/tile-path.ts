// Where tiles and entry bundles are found below a log's prefix (https://c2sp.org/tlog-tiles): paths that can be files,
// because no file's path is another one's folder.
import { TlogRefused } from '../refused.js';
import { isCount, readDecimal } from '../spelling.js';
import { tileWidth, type Tile } from './tile.js';

/** What a path names: a tile, or the bundle of the entries that a tile of level 0 hashes. */
export type TilePath = ({ readonly kind: 'tile' } & Tile) | ({ readonly kind: 'entries' } & Omit<Tile, 'level'>);

const form = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;
const maxLevel = 63;

/** tile/<L>/<N>[.p/<W>] */
export const tilePath = ({ level, index, width }: Tile): string => `tile/${level}/${indexPath(index)}${suffix(width)}`;

/** tile/entries/<N>[.p/<W>] */
export const entriesPath = ({ index, width }: Omit<Tile, 'level'>): string =>
  `tile/entries/${indexPath(index)}${suffix(width)}`;

/**
 * What a path names. A path has one spelling: no needless zeros, no partial tile of full width.
 * @throws TlogRefused tile.path
 */
export function parseTilePath(path: string): TilePath {
  const [, kind, groups, partial] = form.exec(path) ?? [];
  if (kind === undefined || groups === undefined) throw malformed(path);
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? tileWidth : Number(partial);
  if (!isCount(index) || width > tileWidth || (partial !== undefined && width === tileWidth)) throw malformed(path);
  if (indexPath(index) !== groups) throw malformed(path);
  if (kind === 'entries') return { kind, index, width };
  const level = readDecimal(kind);
  if (level === null || level > maxLevel) throw malformed(path);
  return { kind: 'tile', level, index, width };
}

/** In groups of three digits, each but the last with an x: 1234067 is x001/x234/067. */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}

const suffix = (width: number): string => (width === tileWidth ? '' : `.p/${width}`);

const malformed = (path: string): TlogRefused =>
  new TlogRefused('tile.path', `${JSON.stringify(path)} is not the path of a tile`);
