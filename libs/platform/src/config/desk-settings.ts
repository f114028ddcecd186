// What the operator's two desks need, which speak for people without keys: finders and guests (docs/operations.md, "The
// two desks"), and which proxies are believed when they say who asks.

import { isIP } from 'node:net';
import { z } from 'zod';
import { listOf, setting } from './setting-kinds.js';

const isGatewayUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  const isLength = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest);
  return isIP(address) !== 0 && isLength && more.length === 0;
}

export const deskSettings = {
  UNBROKEN_FINDER_DESK_KEY: setting(z.string().min(1).optional(), {
    cure: 'Name the key file of the finder desk, as `unbroken party enrol` keeps it, or leave it out for no finder desk',
    secret: 'file',
  }),
  UNBROKEN_CODE_DESK_KEY: setting(z.string().min(1).optional(), {
    cure: 'Name the key file of the code desk, as `unbroken party enrol --use code-desk` keeps it, or leave it out for no codes',
    secret: 'file',
  }),
  UNBROKEN_SMS_URL: setting(z.string().refine(isGatewayUrl, 'is not an http:// or https:// address').optional(), {
    cure: 'Give the address of your SMS gateway, which is posted one-time codes to send, or leave it out',
  }),
  UNBROKEN_SMS_SECRET: setting(z.string().min(1).optional(), {
    cure: 'Name a file with the secret alone (whsec_…) by which your SMS gateway knows who posts',
    secret: 'file',
  }),
  UNBROKEN_TRUSTED_PROXIES: setting(listOf(isAddressOrNetwork, 'is not a list of addresses or networks'), {
    cure: 'List the addresses of your proxies, such as 10.0.0.7,10.1.0.0/16; one on this machine is trusted without',
  }),
} as const;
