// Folds the party chains of a bundle, so that it is known which keys counted when: every signature and every key's own
// consent are checked as the ledger checked them (docs/protocol, section 3).

import { Registry, checkPartyToken, partyRecorded } from '@unbroken/custody';
import { parseToken, verifyProofOfPossession, verifyToken } from '@unbroken/tokens';
import type { KeyId, PartyId } from '@unbroken/tokens';
import type { TrustAnswer } from '@unbroken/contracts';
import type { TrustPolicy } from '@unbroken/tlog';
import type { EvidenceBundle, RecordedEvidence } from './bundle.js';
import type { Checks } from './checks.js';
import { reasonOf } from './reason-of.js';
import { shownEntries } from './shown-entries.js';
import type { ShownEntry } from './shown-entries.js';

type PartyEntry = ShownEntry & { readonly listed: RecordedEvidence & { readonly party: PartyId } };

export interface ReadParties {
  readonly registry: Registry;
  /** Those that hold, with their token ids. */
  readonly entries: readonly (PartyEntry & { readonly tid: string })[];
}

export async function readParties(
  { parties }: EvidenceBundle,
  { deployment, operator }: TrustAnswer,
  policy: TrustPolicy,
  checks: Checks,
): Promise<ReadParties> {
  const registry = new Registry({
    operator: operator.party as PartyId,
    ...(operator.kid !== null && { operatorKid: operator.kid as KeyId }),
  });
  const listed = parties.flatMap(({ party, tokens }) => tokens.map((token) => ({ ...token, party: party as PartyId })));
  const entries: (PartyEntry & { readonly tid: string })[] = [];
  for (const shown of await shownEntries(listed, policy, ({ party }) => party, checks)) {
    try {
      entries.push({ ...shown, tid: await append(registry, shown, deployment) });
    } catch (error) {
      const what = `Entry ${shown.index} of the registry log, of ${shown.listed.party}, does not hold`;
      checks.add('signatures', 'fails', `${what}: ${reasonOf(error)}.`);
    }
  }
  return { registry, entries };
}

/**
 * Its token id.
 * @throws TokenRefused, RangeError when the ledger could not have recorded it
 */
async function append(registry: Registry, { entry, index, listed }: PartyEntry, deployment: string): Promise<string> {
  const { recordedAt } = entry;
  if (entry.registrySize !== index) throw new RangeError('it does not name its own index');
  if (entry.kind === 'malformed') {
    const { tid, kid, reason } = entry;
    registry.append({ index, recordedAt, tid, kid, sub: listed.party, malformed: reason });
    return tid;
  }
  const envelope = parseToken(entry.token);
  if (envelope.claims.sub !== listed.party) throw new RangeError(`it is of the chain of ${envelope.claims.sub}`);
  const check = await checkPartyToken(registry, envelope, verifyProofOfPossession);
  if ('unknownKey' in check) throw new RangeError(`nothing before it enrolls its key ${check.unknownKey}`);
  if ('refused' in check) throw new RangeError(check.refused);
  await verifyToken(envelope, { party: check.party, jwk: check.verifyWith, kid: check.kid });
  registry.append(partyRecorded({ index, recordedAt }, envelope, listed.party, deployment));
  return envelope.tid;
}
