// Whether what the hub hands over of a chain holds, and holds all that was handed over before. Nothing is kept that does not.

import type { TrustAnswer } from '@unbroken/contracts';
import { evidenceFormat, isUnproven, verifyChain, verifyEvidence } from '@unbroken/evidence';
import type { Check, EvidenceBundle, ListedEvidence, ListedStatement } from '@unbroken/evidence';
import { parseCheckpoint, parseTlogProof } from '@unbroken/tlog';
import type { CopiedPart } from './copied-chain.js';
import type { CopiedEntry } from './entry-files.js';

/** One chain as it was handed over: a shipment's with the chains of its parties, or a party's alone. */
export type HandedOver =
  | { readonly kind: 'shipment'; readonly bundle: EvidenceBundle }
  | { readonly kind: 'party'; readonly chain: ListedEvidence };

/** What does not hold; that a witness has not cosigned yet is no fault of the hub's, it is waited for. */
export async function faultsOf(handed: HandedOver, trusted: TrustAnswer, now: number): Promise<readonly Check[]> {
  const { checks } =
    handed.kind === 'shipment'
      ? await verifyEvidence({ ...handed.bundle, format: evidenceFormat }, trusted, now)
      : await verifyChain(handed.chain, trusted);
  return checks.filter(({ name, result }) => result === 'fails' && name !== 'witnesses');
}

/** Whether each receipt is under a checkpoint that as many cosigned as the policy asks for. */
export async function isWitnessed(handed: HandedOver, trusted: TrustAnswer): Promise<boolean> {
  const lists = handed.kind === 'party' ? [handed.chain] : [parcelOf(handed.bundle), ...partiesOf(handed.bundle)];
  for (const list of lists) {
    const { entries } = await verifyChain(list, trusted);
    if (entries.some((entry) => !entry.isWitnessed)) return false;
  }
  return true;
}

const parcelOf = ({ sub, tokens, completeness }: EvidenceBundle): ListedEvidence => ({ sub, tokens, completeness });
const partiesOf = ({ parties }: EvidenceBundle): ListedEvidence[] =>
  parties.map(({ party, tokens, completeness }) => ({ sub: party, tokens, completeness }));

export interface OpenedPart {
  readonly part: CopiedPart;
  readonly entries: readonly CopiedEntry[];
  /** The signed checkpoints that its receipts are under, and of which log each is. */
  readonly notes: readonly { readonly log: string; readonly note: string }[];
}

/** Receipts taken apart from what they show. They hold, as `faultsOf` has found. */
export function openPart({ sub, tokens, completeness }: ListedEvidence): OpenedPart {
  const opened = tokens.map((token) => openToken(sub, token));
  const notes = new Map(
    opened.flatMap(({ under, entry }) => (under ? [[under.text, { ...under, log: entry.log }]] : [])),
  );
  const log = opened[0]?.entry.log ?? '';
  const shown = opened.map(({ entry, receipt }) => ({
    ...{ index: entry.index, receipt },
    ...(entry.log !== log && { log: entry.log }),
  }));
  return {
    part: { log, tokens: shown, completeness },
    entries: opened.map(({ entry }) => entry),
    notes: [...notes.values()],
  };
}

const decoder = new TextDecoder();

function openToken(sub: string, statement: ListedStatement) {
  if (isUnproven(statement)) {
    const { log, index, first } = statement.unproven;
    return { entry: { log, index, entry: `${first}${statement.body}`, sub }, receipt: null, under: undefined };
  }
  const { body, receipt } = statement;
  const proof = parseTlogProof(receipt);
  const { origin } = parseCheckpoint(proof.checkpoint.text);
  const entry = { log: origin, index: proof.index, entry: `${decoder.decode(proof.extra)}${body}`, sub };
  // The last part of a receipt is the checkpoint, as it was signed (https://c2sp.org/tlog-proof).
  const under = { text: proof.checkpoint.text, note: receipt.slice(receipt.indexOf('\n\n') + 2) };
  return { entry, receipt, under };
}
