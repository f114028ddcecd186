// The examples of docs/gateway.md are what they say they are.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMapping } from '../../services/agent/src/gateway/mapping/read-mapping.js';
import { mappingDoubts } from '../../services/agent/src/gateway/mapping/mapping-doubts.js';
import { reads } from '../../services/agent/src/gateway/read/reads.js';
import type { Read } from '../../services/agent/src/gateway/read/scan.js';

const NOW = Date.parse('2026-11-20T00:00:00Z') / 1000;

/** The block of the page that is marked so. */
async function block(mark: string): Promise<string> {
  const page = await readFile(new URL('../../docs/gateway.md', import.meta.url), 'utf8');
  const [, text] = new RegExp(`\`\`\`\\w+ ${mark}\\n(.*?)\`\`\``, 's').exec(page) ?? [];
  if (text === undefined) throw new Error(`docs/gateway.md has no block ${mark}`);
  return text;
}

async function readExample(kind: string, mapping?: string): Promise<Read[]> {
  const folder = await mkdtemp(join(tmpdir(), 'unbroken-docs-'));
  const path = join(folder, 'example');
  await writeFile(path, await block(`example=${kind}`));
  const all: Read[] = [];
  for await (const read of reads(path, parseMapping(mapping ?? (await block(`mapping=${kind}`))), () => NOW))
    all.push(read);
  await rm(folder, { recursive: true });
  return all;
}

const scansOf = (all: readonly Read[]) => all.flatMap((read) => (read.kind === 'scan' ? [read.scan] : []));

it('the CSV → three scans, one line passed over', async () => {
  const all = await readExample('csv');
  expect(all.map(({ kind }) => kind)).toEqual(['scan', 'scan', 'scan', 'skipped']);
  expect(scansOf(all)).toMatchObject([
    { number: 'RR473124829DK', claims: { what: 'accepted-at-counter' }, at: 'danish-post/hvidovre' },
    { evt: 'imported', claims: { what: 'delivery-attempted' }, when: Date.parse('2026-11-18T09:40:00Z') / 1000 },
    { evt: 'imported', claims: { what: 'delivered' } },
  ]);
  expect(scansOf(all)[2]).not.toHaveProperty('at');
});

it('the carrier’s own statements, in the CSV’s mapping → an acceptance before the attempt, and nothing to doubt', async () => {
  const whole = JSON.parse(await block('mapping=csv')) as { codes: object };
  const codes = { ...whole.codes, ...(JSON.parse(`{${await block('mapping=own')}}`) as object) };
  const mapping = JSON.stringify({ ...whole, codes });
  expect(mappingDoubts(parseMapping(mapping))).toEqual([]);
  expect(scansOf(await readExample('csv', mapping))).toMatchObject([
    { evt: 'accepted', claims: { cond: 'ok' } },
    { evt: 'attempted', claims: { why: 'nobody-home' } },
    { evt: 'imported', claims: { what: 'delivered' } },
  ]);
});

it.each(['csv', 'epcis'])('the mapping of %s → nothing to doubt', async (kind) => {
  expect(mappingDoubts(parseMapping(await block(`mapping=${kind}`)))).toEqual([]);
});

it('the EPCIS document → two scans of one parcel, in both spellings of its number', async () => {
  const scans = scansOf(await readExample('epcis'));
  expect(scans).toMatchObject([
    { number: '157123452345678900', claims: { what: 'arrived-at-depot' }, at: 'danish-post/hvidovre' },
    { number: '157123452345678900', claims: { what: 'delivered' } },
  ]);
});
