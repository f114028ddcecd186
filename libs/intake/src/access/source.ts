// Who asks, as far as limits and records of readers need it: a network address under a key that this process forgets when
// it ends. Neither a log nor the database ever holds the address.

import { createHmac, randomBytes } from 'node:crypto';
import ipaddr from 'ipaddr.js';

const processKey = randomBytes(32);

/** Somebody with IPv6 has at least a network of this many bits to themselves. */
const NETWORK_BYTES = 8;

/** The same for the same IPv4 address, or IPv6 network, and the same `key`: that of the process, where none is given. */
export function sourceOf(address: string, key: Uint8Array = processKey): string {
  const bytes = ipaddr.isValid(address) ? ipaddr.process(address).toByteArray() : [];
  const part = bytes.length === 16 ? bytes.slice(0, NETWORK_BYTES) : bytes;
  return createHmac('sha256', key).update(Uint8Array.from(part)).digest('base64url');
}
