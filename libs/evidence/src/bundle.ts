// What is known of one parcel in one file, for somebody who trusts neither the hub nor whoever hands the file over
// (docs/protocol, section 9). Nothing in it is taken for true before verify-evidence.ts has checked it.

import { trustAnswer } from '@unbroken/contracts';
import type { TrustAnswer } from '@unbroken/contracts';
import { scanMembers } from '@unbroken/tokens';
import { z } from 'zod';
import { timestampEvidence } from './timestamp/timestamp-evidence.js';

export const evidenceFormat = 'unbroken-evidence/1';

/** An entry of a log: the receipt holds its first line, `body` is the second, the token or the word that it is malformed. */
const recorded = z.strictObject({ body: z.string(), receipt: z.string() });
export type RecordedEvidence = z.infer<typeof recorded>;

/**
 * An entry that is left of a log which lost others and ended: nothing shows any more that it stood at `index` of `log`.
 * `first` is its first line, line end included.
 */
const unproven = z.strictObject({
  body: z.string(),
  unproven: z.strictObject({ log: z.string(), index: z.int().min(0), first: z.string() }),
});
export type UnprovenEvidence = z.infer<typeof unproven>;

/** A statement about a parcel, shown by a receipt wherever there is one. */
const listed = z.union([recorded, unproven]);
export type ListedStatement = z.infer<typeof listed>;

export const isUnproven = (statement: ListedStatement): statement is UnprovenEvidence => 'unproven' in statement;

const { operator, logs, witnesses } = trustAnswer.shape;
/** As the hub answers it, and nothing beside it: what a reader skips, another one could take for evidence. */
const strictTrust = trustAnswer
  .extend({
    operator: operator.strict(),
    logs: z.array(logs.element.strict()),
    witnesses: z.array(witnesses.element.strict()),
  })
  .strict();

const partyChains = z
  .array(z.strictObject({ party: z.string(), tokens: z.array(recorded), completeness: z.string().nullable() }))
  .refine((chains) => new Set(chains.map(({ party }) => party)).size === chains.length, 'a party is listed twice');

/** The log's signed word how many tokens the chain has; null where none could be had. */
const completeness = z.string().nullable();

export const evidenceBundle = z.strictObject({
  format: z.literal(evidenceFormat),
  sub: z.string(),
  tokens: z.array(listed).min(1),
  completeness,
  /** The chains that say which keys count: the operator's, and those of everybody who signed or is named. */
  parties: partyChains,
  /** Policy documents that parties of the chain have published, as their exact texts: their hashes name them. */
  policies: z.array(z.string()),
  /** What the hub that made it says is to be trusted: not what a verifier goes by. */
  trust: strictTrust,
  /** What time-stamping authorities have said of the logs; absent in a file of a hub before there were any. */
  timestamps: z.array(timestampEvidence).optional(),
});
export type EvidenceBundle = z.infer<typeof evidenceBundle>;

export type EvidenceRefusal = 'evidence.file' | 'evidence.json' | 'evidence.form' | 'evidence.trust' | 'evidence.fails';
/** What a log has to show of one chain alone (`GET /ledger/v1/chains/{sub}/entries`). */
export const chainEvidence = z.object({ sub: z.string(), tokens: z.array(listed), completeness });
export type ChainEvidence = z.infer<typeof chainEvidence>;

/** The file is no evidence bundle, or no trust policy: nothing of it was checked. */
export class EvidenceRefused extends Error {
  override readonly name = 'EvidenceRefused';

  constructor(
    readonly code: EvidenceRefusal,
    what: string,
    readonly cure: string,
    readonly pointer?: string,
  ) {
    super(what);
  }
}

/** @throws EvidenceRefused where the text is not one unambiguous JSON value of the form */
export const readBundle = (text: string): EvidenceBundle =>
  readForm(text, evidenceBundle, 'evidence.form', 'an evidence bundle of this version');

/** @throws EvidenceRefused as readBundle */
export const readTrust = (text: string): TrustAnswer =>
  readForm(text, trustAnswer, 'evidence.trust', 'a trust policy as `unbroken trust` writes it');

function readForm<S extends z.ZodType>(
  text: string,
  form: S,
  code: 'evidence.form' | 'evidence.trust',
  what: string,
): z.output<S> {
  const read = form.safeParse(parse(text, what));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const pointer = (issue?.path ?? []).map((part) => `/${String(part)}`).join('');
  throw new EvidenceRefused(
    code,
    `The file is not ${what}: ${pointer || 'the whole'}: ${issue?.message ?? 'of another form'}.`,
    'Ask for the file again; it must not be edited.',
    pointer,
  );
}

/** What two readers could read differently is refused: it could show one of them another parcel. */
function parse(text: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EvidenceRefused(
      'evidence.json',
      `The file is not ${what}: it is not JSON.`,
      'Ask for the file again, or check that it was carried over whole.',
    );
  }
  const found = scanMembers(text);
  if (found === null) return value;
  throw new EvidenceRefused(
    'evidence.json',
    `The file is not ${what}: the member at ${found.pointer} is ambiguous.`,
    'Ask for the file again; no hub writes such a file.',
    found.pointer,
  );
}
