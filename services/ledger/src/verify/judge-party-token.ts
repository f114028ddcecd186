// One token of a party's chain, judged against everything the registry log holds before it: which key verifies it, and
// whether the keys it brings are keys and want to serve this party (docs/protocol, sections 2 and 3).

import { checkPartyToken } from '@unbroken/custody';
import type { Registry } from '@unbroken/custody';
import type { Envelope } from '@unbroken/tokens';
import { importKey, verifyProofOfPossessionSync, verifyTokenSync } from '@unbroken/tokens/node';
import { judgeSigned, readingOf } from './judge-token.js';
import { refused } from './refusal.js';
import type { Judgement } from './verdict.js';

export function judgePartyToken(envelope: Envelope, registry: Registry, deployment: string): Judgement {
  const reading = readingOf(envelope);
  const check = checkPartyToken(registry, envelope, (jwk, party, rootKid, pop) =>
    verifyProofOfPossessionSync(importKey(jwk), party, rootKid, pop),
  );
  if ('unknownKey' in check) return { is: 'unknown-key', ...reading };
  if ('refused' in check) return refused(check.refused, check.pointer, reading);
  const key = { ...importKey(check.verifyWith), party: check.party };
  return judgeSigned(envelope, key, { log: 'registry', deployment, signatures: { verify: verifyTokenSync } });
}
