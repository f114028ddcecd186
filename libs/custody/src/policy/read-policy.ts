// Reads a published policy document. It is named by the hash of its bytes, so it is never re-serialised.

import { scanMembers } from '@unbroken/tokens';
import type { Hash } from '@unbroken/tokens';
import { faultsIn } from '../fault-words.js';
import { policyDocument, policyHash } from './policy.js';
import type { Policy } from './policy.js';

export type PolicyRefusal = 'policy.too-large' | 'policy.json' | 'policy.form';

const MAX_CHARACTERS = 65_536;

/** The text is not a policy document: all its faults in words. `pointer` is the JSON pointer of the first, where there is one. */
export class PolicyRefused extends Error {
  constructor(
    readonly code: PolicyRefusal,
    what: string,
    readonly cure: string,
    readonly pointer?: string,
  ) {
    super(what);
    this.name = 'PolicyRefused';
  }
}

/**
 * Reads a policy document from its text as published, and names it.
 * @throws PolicyRefused when it is over 65,536 characters, not JSON, or not of the form `custody-policy/1`
 */
export function readPolicy(text: string): { readonly policy: Policy; readonly hash: Hash } {
  if (text.length > MAX_CHARACTERS)
    throw new PolicyRefused(
      'policy.too-large',
      'the document is too large',
      `keep it under ${MAX_CHARACTERS} characters`,
    );
  const read = policyDocument.safeParse(parse(text));
  if (read.success) return { policy: read.data, hash: policyHash(text) };
  const faults = faultsIn(read.error.issues).map(({ path, what }) => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    what,
  }));
  const told = faults.map(({ pointer, what }) => `${pointer || 'the document'}: ${what}`).join('; ');
  const cure = 'correct the members at these places; docs/protocol has the JSON Schema of custody-policy/1';
  throw new PolicyRefused('policy.form', told, cure, faults[0]?.pointer);
}

/** What two readers could read differently is refused: one hash must mean one policy. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const found = scanMembers(text);
    if (found === null) return value;
    throw new PolicyRefused('policy.json', 'the document is ambiguous', 'name each member once', found.pointer);
  } catch (error) {
    if (error instanceof PolicyRefused) throw error;
    const cure = 'publish one JSON object, UTF-8 without a byte order mark';
    throw new PolicyRefused('policy.json', 'the document is not JSON', cure);
  }
}
