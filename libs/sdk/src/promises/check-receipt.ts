// Whether a receipt shows that a token is recorded, without asking anybody.

import { decodeEntry } from '@unbroken/contracts';
import type { Entry, TrustAnswer } from '@unbroken/contracts';
import { leafHash, parseTlogProof, readTrustPolicy, verifyTlogProof } from '@unbroken/tlog';

export interface ShownEntry {
  readonly entry: Entry;
  readonly index: number;
  /** Of the log. */
  readonly origin: string;
  /** How many witnesses of the policy have cosigned it. */
  readonly cosigned: number;
}

const encoder = new TextEncoder();

/**
 * The entry that the receipt shows, with `body`, its second line: the token, or the word that it is malformed.
 * @throws TlogRefused, RangeError when it shows no such entry in a log that is trusted
 */
export async function checkReceipt(
  body: string,
  receipt: string,
  { logs, witnesses }: TrustAnswer,
): Promise<ShownEntry> {
  const proof = parseTlogProof(receipt);
  const bytes = Uint8Array.from([...(proof.extra ?? []), ...encoder.encode(body)]);
  const signing = logs.flatMap(({ origin, vkey }) => (vkey === null ? [] : [{ origin, vkey }]));
  // Whoever holds a receipt so soon holds one that no witness has seen yet.
  const policy = readTrustPolicy({ logs: signing, witnesses, quorum: 0 });
  const { checkpoint, cosigned } = await verifyTlogProof(proof, leafHash(bytes), policy);
  const entry = decodeEntry(new TextDecoder().decode(bytes));
  return { entry, index: proof.index, origin: checkpoint.origin, cosigned: cosigned.length };
}
