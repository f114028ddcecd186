// Who is asked for timestamps, and whose certificates are told in the trust policy: from settings.

import { readFile } from 'node:fs/promises';
import type { CommonSettings } from '@unbroken/platform';

export interface Authorities {
  /** Where to ask. None: no timestamps are taken. */
  readonly urls: readonly string[];
  /** DER; a timestamp that leads to none of them is not kept. Of none: every authority's word is. */
  readonly certificates: readonly Uint8Array[];
}

type Settings = Pick<CommonSettings, 'UNBROKEN_TIMESTAMP_AUTHORITIES' | 'UNBROKEN_TIMESTAMP_CERTIFICATES'>;

/** @throws Error with the file and the cure where a certificate cannot be read */
export async function authoritiesIn(settings: Settings): Promise<Authorities> {
  const certificates = await Promise.all(settings.UNBROKEN_TIMESTAMP_CERTIFICATES.map(certificatesIn));
  return { urls: settings.UNBROKEN_TIMESTAMP_AUTHORITIES, certificates: certificates.flat() };
}

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

async function certificatesIn(path: string): Promise<Uint8Array[]> {
  const text = await readFile(path, 'latin1').catch((cause: unknown) => {
    throw new Error(
      `${path} cannot be read, a file of UNBROKEN_TIMESTAMP_CERTIFICATES. Put it there, or leave it out`,
      {
        cause,
      },
    );
  });
  const found = [...text.matchAll(PEM)].map(([, base64 = '']) => new Uint8Array(Buffer.from(base64, 'base64')));
  if (found.length > 0) return found;
  throw new Error(`${path} holds no certificate. Write certificates as PEM, as the authority publishes them`);
}
