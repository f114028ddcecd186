// Posting one token by itself, as a device does, and looking at nothing but the answer's status.

import type { SignedToken } from './parcel.js';

/** POST /<service>/v1/tokens; the status of the answer. Rejects when nobody answers. */
export async function post(url: string, { door, token }: SignedToken): Promise<number> {
  const response = await fetch(`${url}/${door}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/jwt' },
    body: token,
  });
  await response.arrayBuffer();
  return response.status;
}
