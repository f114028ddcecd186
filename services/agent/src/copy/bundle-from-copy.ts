// An evidence bundle out of the party's own copy, without the hub: for when the hub is away, or is not to be asked.

import { evidenceFormat } from '@unbroken/evidence';
import type { EvidenceBundle, RecordedEvidence } from '@unbroken/evidence';
import { readShipmentId } from '@unbroken/tokens';
import type { PinnedTrust } from '../trust/pinned-trust.js';
import type { CopiedChains, CopiedPart } from './copied-chain.js';
import { EntryFiles } from './entry-files.js';

/** The copy does not hold it; says what to do. */
export class NotCopied extends Error {
  override readonly name = 'NotCopied';

  constructor(
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

export interface CopyParts {
  readonly trust: PinnedTrust;
  readonly files: EntryFiles;
  readonly chains: CopiedChains;
}

/** @throws NotCopied */
export async function bundleFromCopy(written: string, { trust, files, chains }: CopyParts): Promise<EvidenceBundle> {
  const sub = readShipmentId(written);
  if (sub === null) throw new NotCopied(`${written} is no shipment.`, 'Check the id and its check character.');
  const copied = await chains.of(sub);
  if (copied === undefined || trust.answer === undefined) {
    throw new NotCopied(
      `${sub} is not in your copy.`,
      'The agent copies what your party takes part in, while it runs.',
    );
  }
  const parts = [copied.chain, ...copied.parties];
  const wanted = parts.flatMap(({ log, tokens }) => tokens.map(({ index }) => ({ log, index })));
  const entries = await files.read(wanted);
  const recorded = ({ log, tokens }: CopiedPart): RecordedEvidence[] =>
    tokens.map(({ index, receipt }) => ({
      body: bodyOf(entries.get(EntryFiles.nameOf({ log, index })), log, index),
      receipt,
    }));
  return {
    format: evidenceFormat,
    sub,
    tokens: recorded(copied.chain),
    completeness: copied.chain.completeness,
    parties: copied.parties.map((part) => ({
      party: part.party,
      tokens: recorded(part),
      completeness: part.completeness,
    })),
    policies: copied.policies,
    trust: trust.answer,
  };
}

function bodyOf(entry: string | undefined, log: string, index: number): string {
  if (entry !== undefined) return entry.slice(entry.indexOf('\n') + 1);
  throw new NotCopied(
    `Entry ${index} of ${log} is not in the files of your copy.`,
    'Put the files back from your backup.',
  );
}
