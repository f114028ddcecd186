// One release at the sender's door: whether it passes. What is not a sender's release to another party is none of the
// door's business; what is, and cannot be judged, does not pass.

import type { RegistryView } from '@unbroken/chains';
import { defaultPolicy, defaultPolicyHash } from '@unbroken/custody';
import type { ChainState, ShipmentClaims } from '@unbroken/custody';
import type { Problem } from '@unbroken/platform';
import type { Envelope } from '@unbroken/tokens';
import { isDispatchCode } from './dispatch-cures.js';
import { dispatchProblem } from './dispatch-problem.js';
import type { Rehearsal, Scene } from './rehearsal.js';
import { signedOf } from './rehearse.js';
import type { Signatures } from './signatures.js';
import { noPlace, unknownChain } from './unplaced-problem.js';

export interface Verdict {
  /** Why it must not pass. */
  readonly refused?: Problem;
  /** Something is not known here that may be known in a moment, and could make another verdict of it. */
  readonly unsure: boolean;
}

export interface Judging {
  readonly rehearsal: Rehearsal;
  readonly signatures: Signatures;
  readonly view: RegistryView;
}

const PASSES: Verdict = { unsure: false };

/** The verdict on a token that says `released`. It must pass under every token that may open its chain. */
export function judgeRelease(envelope: Envelope, judging: Judging): Verdict {
  const { rehearsal, view } = judging;
  const said = signedOf(envelope, view.deployment)?.claims;
  if (!concernsTheDoor(envelope, said, judging)) return PASSES;
  if (said === undefined) return { refused: noPlace('unfit'), unsure: false };
  if (rehearsal.isMuddled) return { refused: noPlace('muddled'), unsure: false };
  if (rehearsal.scenes.length === 0) return { refused: unknownChain(), unsure: true };
  const verdicts = rehearsal.scenes.map((scene) => underOne(envelope, scene, judging));
  const refused = verdicts.find((verdict) => verdict.refused !== undefined)?.refused;
  return { ...(refused && { refused }), unsure: verdicts.some(({ unsure }) => unsure) };
}

/**
 * Is it the shipment's sender who hands it to another party? Where the sender is not known here, whoever may send at all
 * could be. What the ledger has recorded is past holding back, and what it will refuse is the ledger's to refuse.
 */
function concernsTheDoor(
  envelope: Envelope,
  said: ShipmentClaims | undefined,
  { rehearsal, signatures, view }: Judging,
): boolean {
  const { iss } = envelope.claims;
  if (signatures.of(envelope) === 'forged' || rehearsal.isRecorded(envelope.tid)) return false;
  if (said?.evt === 'released' && said.to === iss) return false;
  if (rehearsal.sender !== null) return rehearsal.sender === iss;
  const granted = view.registry.party(iss)?.granted;
  return granted?.includes('sender') ?? true;
}

function underOne({ tid }: Envelope, { chain, findings }: Scene, { rehearsal, view }: Judging): Verdict {
  if (chain.waiting.includes(tid)) return { refused: unknownChain(), unsure: true };
  const found = findings.get(tid) ?? [];
  const unsure = policyMayCome(chain, rehearsal, view);
  if (found.includes('token.malformed')) return { refused: noPlace('unfit'), unsure: false };
  if (found.includes('custody.closed')) return { refused: noPlace('closed'), unsure: rehearsal.hasUnknownKeys };
  const broken = found.filter(isDispatchCode);
  if (broken.length === 0) return { unsure };
  return { refused: dispatchProblem(broken, view.context.policyOf(chain)), unsure: unsure || rehearsal.hasUnknownKeys };
}

/**
 * It names a policy of its own and is judged by the default one, because its sender has not published that policy or the
 * document is not there, as far as is known here. What is published after `registered` was recorded does not count.
 */
function policyMayCome(chain: ChainState, rehearsal: Rehearsal, view: RegistryView): boolean {
  const { policy, sender, opening } = chain;
  if (policy === null || policy === defaultPolicyHash || sender === null || opening === null) return false;
  if (view.context.policyOf(chain) !== defaultPolicy) return false;
  return !rehearsal.isRecorded(opening.tid) || view.registry.hasPolicy(sender, policy, opening.registrySize);
}
