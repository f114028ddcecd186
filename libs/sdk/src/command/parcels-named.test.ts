import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatShipmentId, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { parcelsNamed } from './parcels-named.js';

const [one, two, three] = Array.from({ length: 3 }, () => shipmentId('health-agency' as PartyId, newJti())) as [
  ReturnType<typeof shipmentId>,
  ReturnType<typeof shipmentId>,
  ReturnType<typeof shipmentId>,
];

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'unbroken-parcels-'))));
afterAll(() => rm(folder, { recursive: true }));

const file = async (text: string): Promise<string> => {
  const path = join(folder, newJti());
  await writeFile(path, text);
  return path;
};

it('named one by one and in a file, in any spelling → all of them, in order', async () => {
  const from = await file(`${formatShipmentId(two)}\r\n\n  ${three.toLowerCase()}\n`);
  expect(await parcelsNamed([one], { from })).toEqual([one, two, three]);
});

it('a line that is no id → its number, and nothing is taken; none named, no such file → said so', async () => {
  const from = await file(`${one}\n${two.slice(0, -1)}\n`);
  await expect(parcelsNamed([], { from })).rejects.toMatchObject({
    code: 'file.shipment',
    message: expect.stringMatching(/^Line 2 of .* this has 16: 1 too few/) as string,
  });
  await expect(parcelsNamed(undefined, {})).rejects.toMatchObject({ code: 'usage' });
  await expect(parcelsNamed([one], { from: join(folder, 'none') })).rejects.toMatchObject({ code: 'file.unreadable' });
});
