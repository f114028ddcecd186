// What a courier sees, as the ledger records hand-offs.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import type { CustodyAnswer } from '@unbroken/contracts';
import { ServiceHouse } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { courierService } from './courier.service.js';

let house: ServiceHouse;
let sender: TestParty;
let post: TestParty;
let receiver: TestParty;

beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [courierService] });
  sender = await house.ledger.party('skat', ['sender']);
  post = await house.ledger.party('post', ['courier']);
  receiver = await house.ledger.party('statistics', ['receiver']);
}, 120_000);

afterAll(() => house.close(), 60_000);

const custody = async () => {
  const { body } = await house.get<CustodyAnswer>('/courier/v1/custody?party=post');
  return { offered: body.offered.map(({ sub }) => sub), held: body.held.map(({ sub }) => sub) };
};
const sees = (offered: string[], held: string[]) =>
  waitFor(async () => JSON.stringify(await custody()) === JSON.stringify({ offered, held }), {
    what: `${offered.length} offered and ${held.length} held`,
  });

it('offered, held, handed on: also when every message comes twice and the service restarts between', async () => {
  const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['post'] });
  await shipment.add(sender, 'released', { to: 'post', mode: 'meet' });
  await sees([shipment.sub], []);
  await shipment.add(post, 'accepted', { cond: 'ok' });
  await sees([], [shipment.sub]);
  await house.stop();
  await house.ledger.publishAgain();
  await shipment.add(post, 'released', { to: 'statistics', mode: 'meet' });
  await house.start();
  await waitFor(async () => (await heldOffer()) === 'statistics', { what: 'the offer to the consignee' });
  await shipment.add(receiver, 'accepted', { cond: 'ok' });
  await sees([], []);
}, 60_000);

const heldOffer = async () =>
  (await house.get<CustodyAnswer>('/courier/v1/custody?party=post')).body.held[0]?.offer?.to;

it('taken by a courier it was not meant for → among what that courier holds', async () => {
  const other = await house.ledger.party('bring', ['courier']);
  const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['post'] });
  await shipment.add(sender, 'released', { to: 'post', mode: 'meet' });
  await shipment.add(other, 'accepted', { cond: 'ok' });
  const held = async () => (await house.get<CustodyAnswer>('/courier/v1/custody?party=bring')).body.held[0];
  const astray = await waitFor(held, { what: 'the shipment' });
  expect(astray).toMatchObject({ sub: shipment.sub, status: 'astray', holder: 'bring', responsible: 'skat' });
});

it('no party named → 400', async () => {
  expect(await house.get('/courier/v1/custody')).toMatchObject({ status: 400, body: { pointer: '/party' } });
});
