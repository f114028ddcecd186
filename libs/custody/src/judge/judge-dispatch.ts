// A release by the sender to another party against the policy the shipment goes under.

import type { Line, Opening } from '../chain-state.js';
import { acceptsEncryption, allowsWay, wants } from '../policy/policy.js';
import type { Policy } from '../policy/policy.js';
import { counts } from '../second-person.js';
import { inContext, when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeDispatch: Judge = (judged) => {
  const { token, line, context, place } = judged;
  const { claims } = token;
  if (claims.evt === 'approved')
    return when({ 'dispatch.break-glass': place === 'remark' && claims.glass !== undefined });
  const { opening, sender } = line;
  if (claims.evt !== 'released' || claims.iss !== sender || claims.to === sender) return [];
  if (opening === null || !inContext(judged)) return [];
  const policy = context.policyOf(line);
  const encrypted = acceptsEncryption(policy, opening.how);
  const way = { kind: opening.kind, mode: claims.mode, class: opening.class };
  return when({
    'dispatch.unencrypted': wants(policy.encryption, opening.class) && !encrypted,
    'dispatch.unapproved':
      wants(policy.approval, opening.class) && !isApproved(line, opening, { policy, releasedAt: claims.iat }),
    'dispatch.no-basis': wants(policy.basis, opening.class) && !opening.basis,
    'dispatch.way-not-allowed': !allowsWay(policy, way),
  });
};

/** Four eyes, before the release was signed. */
const isApproved = (
  line: Line,
  opening: Opening,
  { policy, releasedAt }: { readonly policy: Policy; readonly releasedAt: number },
): boolean =>
  line.approvals.some((approval) => approval.iat <= releasedAt && counts(approval, opening, policy.approval));
