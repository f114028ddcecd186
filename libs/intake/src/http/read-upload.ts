// The two forms of an upload: one token as application/jwt, or a batch as application/json.

import { tokensBody } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';

export interface Upload {
  readonly tokens: readonly Buffer[];
  /** One token sent by itself: what is wrong with it is the answer, not a line in one. */
  readonly alone: boolean;
  /** The device's clock at the upload, milliseconds since the epoch. */
  readonly deviceClock?: number;
}

/** Reads a request body: raw bytes of application/jwt, or parsed JSON. Throws a ZodError or a Problem 415. */
export function readUpload(body: unknown): Upload {
  if (Buffer.isBuffer(body)) return { tokens: [body], alone: true };
  if (typeof body !== 'object' || body === null) throw unreadable();
  const { tokens, clock } = tokensBody.parse(body);
  return {
    tokens: tokens.map((token) => Buffer.from(token, 'utf8')),
    alone: false,
    ...(clock === undefined ? {} : { deviceClock: clock * 1000 }),
  };
}

const unreadable = (): Problem =>
  new Problem({
    status: 415,
    code: 'body.media-type',
    title: 'The body is of a kind that is not taken here',
    detail: 'The body is neither application/jwt nor application/json.',
    cure: 'Send one token as application/jwt, or {"tokens": […]} as application/json.',
  });
