// Rows that an older version drew are drawn again after the start, and no others.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import { waitFor } from '@unbroken/testing';
import type { ShipmentId } from '@unbroken/tokens';
import { DashboardHouse } from '../fixture/dashboard-house.js';
import { DRAWING, Redrawing } from './redrawing.js';

let house: DashboardHouse;
let subs: ShipmentId[] = [];

beforeAll(async () => {
  house = await DashboardHouse.open();
  const sender = await house.ledger.party('health-board', ['sender']);
  for (let parcel = 0; parcel < 3; parcel += 1) {
    const { sub } = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['royal-mail'] });
    await house.row(sub, ({ group }) => group === 'on-the-way');
    subs = [...subs, sub];
  }
  await redrawn();
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const redrawn = () =>
  waitFor(
    async () => {
      const database = await house.database();
      const [stream] = await database.query<{ drawing: number }[]>('SELECT drawing FROM stream');
      return stream?.drawing === DRAWING;
    },
    { what: 'every row to be drawn again' },
  );

/** As if another version of this service had run last. */
async function drawnAs(drawing: number): Promise<void> {
  const database = await house.database();
  await house.stop();
  await database.query(`UPDATE rows SET chain_group = 'to-look-at'`);
  await database.query(`UPDATE counts SET chains = CASE chain_group WHEN 'to-look-at' THEN 3 ELSE 0 END`);
  await database.query('UPDATE stream SET drawing = $1', [drawing]);
  await house.start();
}

const groups = async () => (await house.chains('?limit=500')).chains.map(({ group }) => group);

it('drawn by an older version → drawn again, and counted where they are', async () => {
  const { counts } = await house.chains();
  await drawnAs(DRAWING - 1);
  await redrawn();
  expect(await groups()).toEqual(subs.map(() => 'on-the-way'));
  expect((await house.chains()).counts).toEqual(counts);
});

it.each([DRAWING, DRAWING + 1])('drawn by this version or a later one (%i) → none is drawn again', async (drawing) => {
  const database = await house.database();
  await database.query('UPDATE stream SET drawing = $1', [drawing]);
  const again: (readonly ShipmentId[])[] = [];
  const redrawing = new Redrawing(database, { drawAgain: (some) => Promise.resolve(void again.push(some)) });
  redrawing.start();
  await redrawing.stop();
  expect(again).toEqual([]);
});
