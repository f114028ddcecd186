// What a device keeps of each token that is not settled yet: signed or taken over from another phone, and given up only
// once its final receipt is held (docs/protocol, section 6).

import { parseStatement } from '@unbroken/manifests';
import { sha256Hash } from '@unbroken/tokens';
import type { Envelope, Hash } from '@unbroken/tokens';
import { z } from 'zod';
import { doors } from '../client/unbroken-client.js';

export const outboxToken = z.strictObject({
  format: z.literal('unbroken-outbox/1'),
  /** As it was signed. */
  token: z.string(),
  /** The service it is carried to. */
  door: z.enum(doors),
  /** When it was kept here, by this device's clock, RFC 3339. */
  kept: z.iso.datetime({ precision: 3 }),
  /** When the hub said that it has it for good, by this device's clock; left out: it waits to be carried in. */
  taken: z.iso.datetime({ precision: 3 }).optional(),
  /** Why the hub will not have it. It stays here, and nobody tries it again. */
  refused: z.strictObject({ code: z.string(), what: z.string(), cure: z.string() }).optional(),
  /** When a person said of a refused one that the matter is settled, by this device's clock. The bytes stay. */
  aside: z.iso.datetime({ precision: 3 }).optional(),
});
export type OutboxToken = z.infer<typeof outboxToken>;

/** What the same bytes are known again by; two spellings of a signature are two. */
export const sumOf = ({ token }: Pick<OutboxToken, 'token'>): Hash => sha256Hash(new TextEncoder().encode(token));

export const envelopeOf = ({ token }: Pick<OutboxToken, 'token'>): Envelope => parseStatement(token);

/** Where the tokens lie; bounded by nothing but its storage. */
export interface OutboxStore {
  /** Behind all that are there, and durable when it resolves. Bytes that are there already stay as they are. */
  add(token: OutboxToken): Promise<void>;
  /** All, in the order in which they were added, whatever the clocks said. */
  list(): Promise<readonly OutboxToken[]>;
  /** What is known of these bytes now, at their old place; whole or not at all. Bytes that are gone stay gone. */
  replace(token: OutboxToken): Promise<void>;
  /** These bytes are needed no more. */
  remove(sum: Hash): Promise<void>;
}

/** An outbox that cannot be read as it is. */
export class OutboxRefused extends Error {
  override readonly name = 'OutboxRefused';
  readonly code = 'outbox.file';

  constructor(
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}
