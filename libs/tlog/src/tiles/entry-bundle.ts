// Entry bundles (https://c2sp.org/tlog-tiles, "Log entries"): the entries themselves, each after its length in two
// bytes, big-endian. A partial bundle, too, is the beginning of the full one.
import { TlogRefused } from '../refused.js';

const maxEntryBytes = 0xffff;

/**
 * Entries as a bundle, or as what is to be appended to one.
 * @throws TlogRefused bundle.entry-size
 */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((bytes, { length }) => bytes + 2 + length, 0));
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > maxEntryBytes) throw new TlogRefused('bundle.entry-size', `an entry of ${entry.length} bytes`);
    view.setUint16(at, entry.length);
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/**
 * The entries of a bundle of this width. That they are the log's, only their leaf hashes show.
 * @throws TlogRefused bundle.length
 */
export function parseEntries(bundle: Uint8Array, width: number): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width && at + 2 <= bundle.length) {
    const end = at + 2 + view.getUint16(at);
    if (end > bundle.length) break;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width || at !== bundle.length) {
    throw new TlogRefused('bundle.length', `${bundle.length} bytes hold ${entries.length} whole entries of ${width}`);
  }
  return entries;
}
