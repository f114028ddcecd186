// The three forms of an upload: one token as application/jwt; a batch, or a whole manifest, as application/json.

import { manifestBody, tokensBody } from '@unbroken/contracts';
import type { ManifestBody } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';

export type Upload = {
  /** The device's clock at the upload, milliseconds since the epoch. */
  readonly deviceClock?: number;
} & (
  | {
      readonly tokens: readonly Buffer[];
      /** One token sent by itself: what is wrong with it is the answer, not a line in one. */
      readonly alone: boolean;
    }
  | { readonly manifest: ManifestBody['manifest'] }
);

/** Reads a request body: raw bytes of application/jwt, or parsed JSON. Throws a ZodError or a Problem 415. */
export function readUpload(body: unknown): Upload {
  if (Buffer.isBuffer(body)) return { tokens: [body], alone: true };
  if (typeof body !== 'object' || body === null) throw unreadable();
  if ('manifest' in body) {
    const { manifest, clock } = manifestBody.parse(body);
    return { manifest, ...clockOf(clock) };
  }
  const { tokens, clock } = tokensBody.parse(body);
  return { tokens: tokens.map((token) => Buffer.from(token, 'utf8')), alone: false, ...clockOf(clock) };
}

const clockOf = (seconds: number | undefined) => (seconds === undefined ? {} : { deviceClock: seconds * 1000 });

const unreadable = (): Problem =>
  new Problem({
    status: 415,
    code: 'body.media-type',
    title: 'The body is of a kind that is not taken here',
    detail: 'The body is neither application/jwt nor application/json.',
    cure: 'Send one token as application/jwt, or {"tokens": […]} or {"manifest": {"token": …, "items": […]}} as application/json.',
  });
