// A webhook's address is chosen by people; where it leads is looked up by us, from inside. So a request goes to public
// addresses alone, and the address that was judged is the one that is connected to: a name cannot be turned round in
// between. This machine is reached only where the file of contacts names it.

import { lookup as lookupName } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '@unbroken/platform';
import ipaddr from 'ipaddr.js';

export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'address-not-public';
}

/** Whether anybody in the world may be reached there: neither private, shared, local nor reserved (RFC 6890). */
export const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

/** @throws AddressRefused for an address, written as such, that is not public; names are judged when they are looked up */
export function mustBePublic({ hostname }: URL): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (!isLoopback(hostname) && isIP(bare) !== 0 && !isPublic(bare)) throw new AddressRefused('not a public address');
}

/** The lookup of a request to that URL; fails with AddressRefused when no address of the name is public. */
export const publicLookup = ({ hostname: named }: URL): LookupFunction =>
  isLoopback(named) ? lookupName : lookupPublic;

const lookupPublic: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookupName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first, ...others] = error ? [] : addresses.filter(({ address }) => isPublic(address));
    if (error) callback(error, '', 0);
    else if (first === undefined) callback(new AddressRefused('the name leads to no public address'), '', 0);
    else if (options.all === true) callback(null, [first, ...others]);
    else callback(null, first.address, first.family);
  });
};
