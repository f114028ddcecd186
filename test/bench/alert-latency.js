// How long it takes from a wrong pair of hands to the alarm, at an idle hub: POST of an `accepted` by a party that the
// parcel is not for, until GET /alerts/v1/alerts?sub=… shows it. Runs against a development hub, with the built packages:
//
//   npm run build && node test/bench/alert-latency.js http://127.0.0.1:8470 [200]
//
// Prints p50, p99 and the longest, in milliseconds over HTTP, looking included.
import { setTimeout as pause } from 'node:timers/promises';
import { defaultPolicyHash } from '@unbroken/custody';
import { Hand, RootHand, UnbrokenClient } from '@unbroken/sdk';
import { generateSigner, mintToken, newJti, sha256Hash } from '@unbroken/tokens';

const WARM_UP = 10;
const LOOK_EVERY_MS = 2;
const GIVE_UP_MS = 10_000;
const TEN_DAYS_S = 864_000;

/** @typedef {import('@unbroken/tokens').PartyId} PartyId */

const [url = 'http://127.0.0.1:8470', times = '200'] = process.argv.slice(2);
const client = new UnbrokenClient({ url });
const suffix = newJti()
  .toLowerCase()
  .replace(/[^a-z0-9]/g, '')
  .slice(0, 8);

const sender = await settled('sender');
const courier = await settled('courier');
const consignee = await settled('receiver');
const stranger = await settled('receiver', 'stranger');

/** @type {number[]} milliseconds, one for each round */
const taken = [];
for (let round = -WARM_UP; round < Number(times); round += 1) {
  const ms = await alarmed();
  if (round >= 0) taken.push(ms);
}
taken.sort((a, b) => a - b);
console.log(
  `POST → alert, ${taken.length} times: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, longest ${quantile(1)} ms`,
);

/**
 * A party of this run, admitted, with a device.
 * @param {'sender' | 'courier' | 'receiver'} role
 * @param {string} [name]
 */
async function settled(role, name = role) {
  const id = /** @type {PartyId} */ (`bench-${name}-${suffix}`);
  const [{ signer: root }, { signer: next }, { signer: device }] = await Promise.all([
    generateSigner('ES256'),
    generateSigner('ES256'),
    generateSigner('ES256'),
  ]);
  const rootHand = new RootHand({ client, party: id, signer: root, now: Date.now });
  await rootHand.establish({ name: `Bench ${name}`, roles: [role], next: next.kid });
  await rootHand.enrol(device, { use: 'device', roles: [role] });
  await shown(async () => (await client.party(id)).admitted);
  return { id, device, hand: new Hand({ client, party: id, signer: device, door: role, now: Date.now }) };
}

/** A parcel offered to the courier and taken by the stranger; milliseconds until the alarm is seen. */
async function alarmed() {
  const { sub, tid: registered } = await sender.hand.register({
    kind: 'physical',
    to: consignee.id,
    via: [courier.id],
    contents: sha256Hash(new TextEncoder().encode(newJti())),
    class: 'internal',
    enc: { how: 'none' },
    due: Math.floor(Date.now() / 1000) + TEN_DAYS_S,
    pieces: 1,
    policy: defaultPolicyHash,
  });
  const release = { to: courier.id, mode: /** @type {const} */ ('meet') };
  const { tid: prev } = await sender.hand.release(sub, release, { prev: registered, seq: 1 });
  const claims = { iss: stranger.id, sub, jti: newJti(), iat: Math.floor(Date.now() / 1000), evt: 'accepted' };
  const token = await mintToken({ ...claims, prev, seq: 2, cond: 'ok' }, stranger.device);

  const posted = performance.now();
  await client.postTokens('receiver', [token]);
  await shown(async () => (await client.alerts({ sub })).alerts.some(({ code }) => code === 'misdelivery.wrong-party'));
  return performance.now() - posted;
}

/**
 * Looks until it is so.
 * @param {() => Promise<boolean>} look a failure means "not yet"
 */
async function shown(look) {
  const end = performance.now() + GIVE_UP_MS;
  while (!(await look().catch(() => false))) {
    if (performance.now() > end) throw new Error(`The hub at ${url} did not show it within ${GIVE_UP_MS} ms`);
    await pause(LOOK_EVERY_MS);
  }
}

/** @param {number} share of the rounds that took at most so long */
function quantile(share) {
  return (taken[Math.min(taken.length - 1, Math.ceil(share * taken.length) - 1)] ?? NaN).toFixed(1);
}
