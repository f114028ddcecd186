// What a consignee sees, as the ledger records hand-offs.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import type { ArrivalsAnswer } from '@unbroken/contracts';
import { ServiceHouse } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { receiverService } from './receiver.service.js';

let house: ServiceHouse;
let sender: TestParty;
let post: TestParty;
let receiver: TestParty;

beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [receiverService] });
  sender = await house.ledger.party('skat', ['sender']);
  post = await house.ledger.party('post', ['courier']);
  receiver = await house.ledger.party('statistics', ['receiver']);
}, 120_000);

afterAll(() => house.close(), 60_000);

const arrivals = async (party = 'statistics') =>
  (await house.get<ArrivalsAnswer>(`/receiver/v1/arrivals?party=${party}`)).body;

it('expected, at the door, arrived, confirmed → on the right list at each step', async () => {
  const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['post'] });
  const isSeen = (what: string, holds: (answer: ArrivalsAnswer) => boolean) =>
    waitFor(async () => holds(await arrivals()), { what });
  await isSeen('an expected shipment', ({ expected }) => expected[0]?.offered === false);
  await shipment.handOver(sender, post);
  await isSeen('it with the post', ({ expected }) => expected[0]?.holder === 'post');
  await shipment.add(post, 'released', { to: 'statistics', mode: 'meet' });
  await isSeen('it at the door', ({ expected }) => expected[0]?.offered === true);
  await shipment.add(receiver, 'accepted', { cond: 'ok' });
  await isSeen('it arrived', ({ expected, arrived }) => expected.length === 0 && arrived[0]?.sub === shipment.sub);
  await shipment.add(receiver, 'confirmed', { pieces: 1, unopened: true });
  await isSeen('nothing more', ({ expected, arrived }) => expected.length === 0 && arrived.length === 0);
}, 60_000);

it('in the wrong hands → still expected, with who holds it', async () => {
  const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['post'] });
  const visa = await house.ledger.party('visa-centre', ['receiver']);
  await shipment.add(sender, 'released', { to: 'post', mode: 'meet' });
  await shipment.add(visa, 'accepted', { cond: 'ok' });
  const isAstray = async () => (await arrivals()).expected.find(({ status }) => status === 'astray');
  expect(await waitFor(isAstray, { what: 'it astray' })).toMatchObject({ holder: 'visa-centre', responsible: 'skat' });
  expect((await arrivals('visa-centre')).expected).toEqual([]);
});
