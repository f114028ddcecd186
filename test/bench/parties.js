// The parties of a benchmark, admitted, each with a device key that signs at the speed of node:crypto.
import { KeyObject, createPublicKey, sign } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RootHand, UnbrokenClient } from '@unbroken/sdk';
import { generateSigner, newJti } from '@unbroken/tokens';

/**
 * @typedef {import('@unbroken/tokens').PartyId} PartyId
 * @typedef {object} BenchParty
 * @property {PartyId} id
 * @property {import('@unbroken/tokens').Signer} device
 * @property {(claims: object) => string} mint a token of this device, synchronously
 * @property {KeyObject} publicKey
 */

/**
 * @param {string} url of a development hub, where the operator admits by itself
 * @param {string} name
 * @param {'sender' | 'courier' | 'receiver' | 'auditor'} role
 * @returns {Promise<BenchParty>} registered, admitted, its device enrolled
 */
export async function benchParty(url, name, role) {
  const client = new UnbrokenClient({ url });
  const party = await benchDevice(name);
  const [{ signer: root }, { signer: next }] = await Promise.all([generateSigner('ES256'), generateSigner('ES256')]);
  const hand = new RootHand({ client, party: party.id, signer: root, now: Date.now });
  await hand.establish({ name: `Bench ${name}`, roles: [role], next: next.kid });
  await hand.enrol(party.device, { use: 'device', roles: [role] });
  while (!(await client.party(party.id).catch(() => undefined))?.admitted) await pause(20);
  return party;
}

/** A party that nobody knows yet, with a device key. @param {string} name @returns {Promise<BenchParty>} */
export async function benchDevice(name) {
  const { signer: device, privateKey } = await generateSigner('ES256', { extractable: true });
  const id = /** @type {PartyId} */ (`bench-${name}`);
  const key = KeyObject.from(privateKey);
  const header = encoded({ alg: 'ES256', typ: 'custody+jwt', kid: device.kid });
  return {
    id,
    device,
    publicKey: createPublicKey({ key: { ...device.jwk }, format: 'jwk' }),
    mint: (claims) => {
      const input = `${header}.${encoded({ iss: id, jti: newJti(), ...claims })}`;
      return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
  };
}

/** @param {object} value */
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
