// Whom a verifier trusts (docs/protocol, section 8, "trust policy"): which key speaks for which log, which witnesses
// there are, and how many must have seen what a log shows. Auditors keep their own.
import { sameHash } from '../merkle/merkle-hash.js';
import { parseVkey, type VerifierKey } from '../notes/verifier-key.js';
import { TlogRefused } from '../refused.js';
import { isCount, readUtf8 } from '../spelling.js';

/** A policy as it is written down and served. A log may be listed again with its next key. */
export type WrittenPolicy = {
  readonly logs: readonly { readonly origin: string; readonly vkey: string }[];
  readonly witnesses: readonly { readonly name: string; readonly vkey: string; readonly party: string }[];
  readonly quorum: number;
};

/** A witness, and the party that answers for it. */
export type Witness = { readonly name: string; readonly key: VerifierKey; readonly party: string };

/** A policy with its keys read. One that asks for no witnesses is `{ ...policy, quorum: 0 }`. */
export type TrustPolicy = {
  readonly logs: readonly { readonly origin: string; readonly key: VerifierKey }[];
  readonly witnesses: readonly Witness[];
  /** How many different witnesses must have cosigned. */
  readonly quorum: number;
};

/**
 * Reads a policy.
 * @throws TlogRefused vkey.form, vkey.type, vkey.key-id; checkpoint.origin; policy.witness (named twice, two names for
 * one key, another name than its key's, or a key that does not cosign); policy.quorum (more than there are witnesses)
 */
export function readTrustPolicy({ logs, witnesses, quorum }: WrittenPolicy): TrustPolicy {
  const policy = {
    logs: logs.map(({ origin, vkey }) => ({ origin, key: parseVkey(vkey) })),
    witnesses: witnesses.map(({ name, vkey, party }) => ({ name, key: parseVkey(vkey), party })),
    quorum,
  };
  for (const { origin } of logs) {
    if (origin === '' || readUtf8(origin) === null || origin.includes('\n')) {
      throw new TlogRefused('checkpoint.origin', `${JSON.stringify(origin)} is no log's origin`);
    }
  }
  policy.witnesses.forEach((witness, at) => checkWitness(witness, policy.witnesses.slice(0, at)));
  if (!isCount(quorum) || quorum > witnesses.length) {
    throw new TlogRefused('policy.quorum', `${quorum} of ${witnesses.length} witnesses`);
  }
  return policy;
}

/** A cosignature does not say its witness's name, so one key under two names would be counted twice. */
function checkWitness({ name, key }: Witness, earlier: readonly Witness[]): void {
  const refused = (why: string) => new TlogRefused('policy.witness', `witness ${JSON.stringify(name)} ${why}`);
  if (key.type !== 'cosignature/v1') throw refused('has a key that does not cosign');
  if (key.name !== name) throw refused('has the key of another name');
  if (earlier.some((other) => other.name === name)) throw refused('is listed twice');
  if (earlier.some((other) => sameHash(other.key.publicKey, key.publicKey))) throw refused("has another one's key");
}
