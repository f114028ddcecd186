// An evidence bundle out of the party's own copy, without the hub: for when the hub is away, or is not to be asked.

import { evidenceFormat, isUnproven } from '@unbroken/evidence';
import type { EvidenceBundle, ListedStatement, RecordedEvidence } from '@unbroken/evidence';
import { readShipmentId } from '@unbroken/tokens';
import type { PinnedTrust } from '../trust/pinned-trust.js';
import { placeIn } from './copied-chain.js';
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
  const wanted = parts.flatMap((part) => part.tokens.map((token) => placeIn(part, token)));
  const entries = await files.read(wanted);
  const statements = (part: CopiedPart): ListedStatement[] =>
    part.tokens.map((token) => {
      const { log, index } = placeIn(part, token);
      const [first, body] = linesOf(entries.get(EntryFiles.nameOf({ log, index })), log, index);
      return token.receipt === null ? { body, unproven: { log, index, first } } : { body, receipt: token.receipt };
    });
  const recorded = (part: CopiedPart): RecordedEvidence[] =>
    statements(part).filter((one): one is RecordedEvidence => !isUnproven(one));
  return {
    format: evidenceFormat,
    sub,
    tokens: statements(copied.chain),
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

/** The first with its line end. */
function linesOf(entry: string | undefined, log: string, index: number): readonly [first: string, body: string] {
  const end = (entry?.indexOf('\n') ?? -1) + 1;
  if (entry !== undefined) return [entry.slice(0, end), entry.slice(end)];
  throw new NotCopied(
    `Entry ${index} of ${log} is not in the files of your copy.`,
    'Put the files back from your backup.',
  );
}
