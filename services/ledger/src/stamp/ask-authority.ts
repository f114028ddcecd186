// Asks a time-stamping authority over HTTP (RFC 3161, section 3.4) and takes only what holds.

import { TimestampRefused, checkTimestamp, timestampIn, timestampRequest } from '@unbroken/evidence/timestamp';

/** Longer than any authority needs to sign. */
const LONGEST_MS = 20_000;
const MOST_BYTES = 64 * 1024;

export interface TakenTimestamp {
  /** DER. */
  readonly token: Buffer;
  /** The bytes existed before, milliseconds since 1970. */
  readonly before: number;
}

/**
 * A timestamp of these bytes.
 * @param certificates where there are any: one of them must be the authority's or have issued its
 * @throws TimestampRefused, or whatever the network fails with
 */
export async function askAuthority(
  url: string,
  stamped: Uint8Array,
  certificates: readonly Uint8Array[],
): Promise<TakenTimestamp> {
  const request = await timestampRequest(stamped);
  const token = timestampIn(await posted(url, request.der), request);
  const { before, authority, isTrusted } = await checkTimestamp(token, stamped, certificates);
  if (isTrusted || certificates.length === 0) return { token: Buffer.from(token), before };
  throw new TimestampRefused(
    'timestamp.certificate',
    `the certificate of ${authority} leads to none of UNBROKEN_TIMESTAMP_CERTIFICATES`,
  );
}

async function posted(url: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
  const signal = AbortSignal.timeout(LONGEST_MS);
  const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' });
  if (!response.ok)
    throw new TimestampRefused('timestamp.denied', `the authority answered with HTTP ${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > MOST_BYTES) throw new TimestampRefused('timestamp.form', `its answer is over ${MOST_BYTES} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
