// The sender opens a chain: what is sent, to whom, by which hands, under which rules.

import { z } from 'zod';
import { opening } from './definition.js';
import { confidentiality, encryption, hash, kinds, label, numericDate, party } from './forms.js';

export const registered = opening('registered', {
  aud: label,
  kind: kinds,
  to: party,
  /** Commitment to whom it is for and how they are reached, where `to` is `guest`. */
  guest: hash.optional(),
  via: z.array(party).max(20).optional(),
  contents: hash,
  class: confidentiality,
  basis: z.strictObject({ code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:()-]{0,59}$/), ref: label }).optional(),
  enc: z.strictObject({ how: encryption, sum: hash.optional() }),
  due: numericDate,
  pieces: z.int().min(1).max(1_000_000),
  refs: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,19}$/), z.string().regex(/^[A-Za-z0-9./-]{1,50}$/)).optional(),
  policy: hash,
});
