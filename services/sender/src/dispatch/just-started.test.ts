// The sender's door in the first moments of its process, when it cannot yet know who signed and under which policy.

import type { Server } from 'node:net';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { defaultPolicy, policyHash } from '@unbroken/custody';
import { compose } from '@unbroken/intake';
import { startService } from '@unbroken/platform';
import type { CommonSettings, ServiceParts } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { SenderHouse } from '../fixture/sender-house.js';
import { senderService } from '../sender.service.js';

const STRICT = JSON.stringify({ ...defaultPolicy, name: 'Strict', approval: { from: 'public' } });

let door: SenderHouse;
let started: ServiceParts | undefined;
let mute: Server | undefined;

beforeAll(async () => {
  door = await SenderHouse.open();
}, 120_000);

afterEach(async () => {
  await started?.app.close();
  mute?.close();
}, 60_000);

afterAll(() => door.close(), 60_000);

/** The service as it answers from its first moment on; its address. */
async function start(settings: CommonSettings): Promise<string> {
  started = await compose([senderService], settings, door.house.clock);
  return startService(started);
}

const post = (url: string, token: string) =>
  fetch(`${url}/sender/v1/tokens`, { method: 'POST', body: token, headers: { 'content-type': 'application/jwt' } });

it('posted before the registry is read → judged by what the registry says', async () => {
  const { ledger } = door.house;
  const policy = policyHash(STRICT);
  await ledger.document(STRICT);
  await ledger.say(door.people.sender, 'policed', { policy });
  const parcel = door.parcel();
  await door.recorded(parcel.sub, await parcel.register({ class: 'internal', policy }));
  await door.house.stop();
  const response = await post(await start(door.house.settings), await parcel.release());
  expect(await response.json()).toMatchObject({ status: 422, code: 'dispatch.unapproved' });
});

it('Kafka does not answer → 503 for a release, with when to come back; what is no release is taken', async () => {
  mute = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await waitFor(() => mute?.listening, { what: 'a port where nobody answers' });
  const broker = `127.0.0.1:${(mute.address() as AddressInfo).port}`;
  const url = await start({ ...door.house.settings, UNBROKEN_KAFKA_BROKERS: [broker] });
  const parcel = door.parcel();
  expect((await post(url, await parcel.register({ class: 'public' }))).status).toBe(202);
  const response = await post(url, await parcel.release());
  expect({ status: response.status, again: response.headers.get('retry-after') }).toEqual({ status: 503, again: '5' });
  expect(await response.json()).toMatchObject({ code: 'dispatch.registry-unread' });
});
