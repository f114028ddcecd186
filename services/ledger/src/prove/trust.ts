// What a verifier of this deployment has to trust (docs/protocol, section 8). Only what there is: no log signs
// checkpoints yet and nobody cosigns them, and that is what it says.

import type { TrustAnswer } from '@unbroken/contracts';
import type { CommonSettings } from '@unbroken/platform';
import { logNames, originOf } from '../logs.js';

export const TRUST = Symbol('TRUST');

export const trustOf = ({
  UNBROKEN_DEPLOYMENT: deployment,
  UNBROKEN_OPERATOR_PARTY: party,
  UNBROKEN_OPERATOR_KID: kid,
}: CommonSettings): TrustAnswer => ({
  deployment,
  operator: { party, kid: kid ?? null },
  logs: logNames.map((log) => ({ origin: originOf(log, deployment), vkey: null })),
  witnesses: [],
  quorum: 0,
});
