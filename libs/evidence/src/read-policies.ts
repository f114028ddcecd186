// The policy document a parcel went under, where the bundle brings it. A document is named by the hash of its text: it needs
// nobody's signature.

import { PolicyRefused, readPolicy } from '@unbroken/custody';
import type { ChainState, Policy, Registry } from '@unbroken/custody';
import type { Hash } from '@unbroken/tokens';
import type { Checks } from './checks.js';

export function readPolicies(
  texts: readonly string[],
  state: ChainState,
  registry: Registry,
  checks: Checks,
): Map<Hash, Policy> {
  const documents = new Map<Hash, Policy>();
  for (const text of texts) readDocument(text, state, documents, checks);
  const { sender, policy, opening } = state;
  const isPublished =
    sender !== null && policy !== null && opening !== null && registry.hasPolicy(sender, policy, opening.registrySize);
  if (isPublished && !documents.has(policy)) {
    checks.add('policies', 'unknown', 'The policy the parcel went under is not here: it is judged by the default one.');
  } else {
    checks.add(
      'policies',
      'holds',
      `It is judged by ${isPublished ? 'the policy its sender had published' : 'the default policy'}.`,
    );
  }
  return documents;
}

function readDocument(text: string, state: ChainState, documents: Map<Hash, Policy>, checks: Checks): void {
  try {
    const { hash, policy } = readPolicy(text);
    if (hash !== state.policy || documents.has(hash)) {
      checks.add('policies', 'fails', 'A policy document is here that the parcel does not name, or names once only.');
    }
    documents.set(hash, policy);
  } catch (error) {
    if (!(error instanceof PolicyRefused)) throw error;
    checks.add('policies', 'fails', `A policy document cannot be read: ${error.message}.`);
  }
}
