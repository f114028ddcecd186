// What will stop a drafted shipment at dispatch, or surprise its sender, told while it can still be changed.

import type { RegistryView } from '@unbroken/chains';
import type { DraftWarning } from '@unbroken/contracts';
import { defaultPolicyHash, emptyChain, evolve } from '@unbroken/custody';
import type { ShipmentClaims } from '@unbroken/custody';
import { newJti } from '@unbroken/tokens';
import type { KeyId, TokenId } from '@unbroken/tokens';
import { dispatchCures } from '../dispatch/dispatch-cures.js';
import type { DispatchCode } from '../dispatch/dispatch-cures.js';
import { asRecorded, dispatchFindings } from '../dispatch/rehearse.js';

type Registered = ShipmentClaims<'registered'>;

/** `now` in milliseconds since the epoch. */
export function foresee(claims: Registered, view: RegistryView, now: number): DraftWarning[] {
  const { iss, to, via = [], due, policy } = claims;
  const { registry } = view;
  const strangers = [to, ...via].filter((party) => party !== 'guest' && !registry.isAdmitted(party));
  return [
    ...dispatchWarnings(claims, view, now),
    ...when(!registry.isAdmitted(iss), {
      code: 'party.not-admitted',
      detail: `${iss} is not admitted: its tokens wait and are refused after 72 hours.`,
      cure: 'Establish the party, and have the operator admit it.',
    }),
    ...strangers.map((party) => ({
      code: 'party.unknown',
      detail: `${party} is not admitted: it cannot sign for the shipment.`,
      cure: 'Check the spelling, or have the party admitted before the shipment reaches it.',
    })),
    ...when(policy !== defaultPolicyHash && !registry.hasPolicy(iss, policy), {
      code: 'policy.unknown',
      detail: `${iss} has not published this policy: the shipment goes under the default policy.`,
      cure: 'Post the document to /registry/v1/policies and sign `policed` with its hash.',
    }),
    ...when(due * 1000 <= now, {
      code: 'due.passed',
      detail: 'The due time has passed: the shipment is overdue as soon as it is registered.',
      cure: 'Give a due time in the future, in seconds since 1970.',
    }),
  ];
}

const UNSIGNED = { tid: '' as TokenId, kid: '' as KeyId };

/** The rules that a release in any mode would break; a way that some mode allows is no reason to warn. */
function dispatchWarnings(claims: Registered, view: RegistryView, now: number): DraftWarning[] {
  const opening = asRecorded({ ...UNSIGNED, claims }, { view, now, index: 0 });
  const state = evolve(emptyChain(claims.sub), opening);
  const [first = [], ...others] = (['meet', 'collect', 'drop'] as const).map((mode) => {
    const released = { ...UNSIGNED, tid: mode as string as TokenId, claims: release(claims, mode) };
    return dispatchFindings(state, asRecorded(released, { view, now, index: 1 }), view);
  });
  const always = first.filter((code) => others.every((codes) => codes.includes(code)));
  return always.map((code: DispatchCode) => ({ code, ...dispatchCures[code](view.context.policyOf(state)) }));
}

const release = ({ iss, sub, iat, to, via }: Registered, mode: ShipmentClaims<'released'>['mode']) =>
  ({ iss, sub, iat, jti: newJti(), evt: 'released', prev: UNSIGNED.tid, seq: 1, to: via?.[0] ?? to, mode }) as const;

const when = (holds: boolean, warning: DraftWarning): DraftWarning[] => (holds ? [warning] : []);
