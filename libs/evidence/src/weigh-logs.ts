// Who vouches for the logs themselves, and by whose keys all of it was checked.

import type { TrustAnswer } from '@unbroken/contracts';
import { sameHash } from '@unbroken/tlog';
import type { Checks } from './checks.js';
import type { Completeness } from './completeness.js';
import type { ShownEntry } from './shown-entries.js';

/** Whose trust policy a bundle is checked by: the verifier's own copy, or the one the bundle brings. */
export type Whose = 'yours' | 'its own';

/** How a sentence names it. */
export const policyOf = (whose: Whose): string => (whose === 'yours' ? 'your trust policy' : 'the policy in the file');

/** @param trusted what is gone by; `brought` what the bundle says */
export function weighTrust(trusted: TrustAnswer, brought: TrustAnswer, whose: Whose, checks: Checks): void {
  if (whose === 'its own') {
    const proves = 'That shows that the file fits together; it proves nothing against the hub that made it';
    checks.add('trust', 'unknown', `Whether the keys are the right ones: they are those the file names. ${proves}.`);
  } else if (JSON.stringify(trusted) === JSON.stringify(brought)) {
    checks.add('trust', 'holds', 'The file names the same keys as your trust policy; yours is gone by.');
  } else {
    checks.add(
      'trust',
      'unknown',
      'Why the trust policy in the file is another one than yours: yours is gone by, and nothing of the other.',
    );
  }
}

/** Two checkpoints of one size with different trees are two histories: the log has told somebody another one. */
export function weighHistories(
  logs: readonly (readonly ShownEntry[])[],
  words: readonly Completeness[],
  checks: Checks,
): void {
  let hasSeveral = false;
  for (const shown of logs) {
    const roots = new Map<number, Uint8Array>();
    for (const { under } of shown) hasTwoTrees(roots, under.checkpoint, checks);
    const origin = shown[0]?.under.checkpoint.origin;
    const sizes = words.flatMap((word) => (word.origin === origin ? [word.size] : []));
    hasSeveral ||= new Set([...roots.keys(), ...sizes]).size > 1;
  }
  if (checks.hasFailed('one-history')) return;
  if (hasSeveral) {
    checks.add(
      'one-history',
      'unknown',
      'What the logs signed is of several sizes; that one tree extends the other is not shown here.',
    );
  } else checks.add('one-history', 'holds', 'Each log shows all its statements here under one checkpoint.');
}

function hasTwoTrees(
  roots: Map<number, Uint8Array>,
  { origin, size, root }: ShownEntry['under']['checkpoint'],
  checks: Checks,
): void {
  const known = roots.get(size);
  roots.set(size, root);
  if (known === undefined || sameHash(known, root)) return;
  checks.add('one-history', 'fails', `${origin} signed two different trees of ${size} entries.`);
}

/** Witnesses are counted under every checkpoint that anything here is shown by; the least counts. */
export function weighWitnesses(
  shown: readonly ShownEntry[],
  { quorum, witnesses }: TrustAnswer,
  whose: Whose,
  checks: Checks,
): void {
  const strangers = Math.max(0, ...shown.map((one) => one.strangers));
  if (strangers > 0) {
    checks.add('witnesses', 'unknown', 'What other signatures on the checkpoints say: their keys are not trusted.');
  }
  if (witnesses.length === 0) {
    checks.add(
      'witnesses',
      'unknown',
      `Whether the logs show everybody the same: ${policyOf(whose)} names no witnesses.`,
    );
    return;
  }
  const under = shown.map((one) => one.under.cosigned);
  const fewest = under.length === 0 ? 0 : Math.min(...under.map((cosigned) => cosigned.length));
  const wanted = `${policyOf(whose)} asks for ${quorum} of ${witnesses.length}`;
  if (fewest < quorum) {
    const soon = 'What was recorded just now is cosigned within seconds: ask for the file again.';
    checks.add('witnesses', 'fails', `Some of it is cosigned by only ${fewest} of the witnesses; ${wanted}. ${soon}`);
  } else if (fewest === 0) {
    checks.add('witnesses', 'unknown', `Not all of it is cosigned by a witness; ${wanted}.`);
  } else {
    checks.add('witnesses', 'holds', `Every checkpoint here is cosigned by ${byWhom(under, witnesses)}; ${wanted}.`);
    checks.add(
      'witnesses',
      'unknown',
      'Whether the witnesses run apart from the hub and from each other: their parties can tell you.',
    );
  }
}

/** By name those that cosigned every one of them. */
function byWhom(under: readonly ShownEntry['under']['cosigned'][], witnesses: TrustAnswer['witnesses']): string {
  const always = witnesses.filter(({ name }) => under.every((cosigned) => cosigned.some((one) => one.name === name)));
  if (always.length === 0) return 'enough of the witnesses, though not by the same ones';
  return always.map(({ name, party }) => `${name} of ${party}`).join(', ');
}
