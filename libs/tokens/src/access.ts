// By this a party shows who asks, while nobody signs in: a JWT of a few minutes, signed with an enrolled key, for one hub
// and one purpose, sent as a bearer token (RFC 6750; docs/protocol section 8, "Access").
import { base64url } from './base64url.js';
import { isPartyId, patterns } from './ids.js';
import type { KeyId, PartyId } from './ids.js';
import { algorithmOf } from './public-jwk.js';
import { OtherForm, hasExactly, isSeconds, readStatement } from './read-statement.js';
import { signatureBytes, verifySignature } from './signature.js';
import type { Signer } from './signer.js';
import type { PartyKey } from './verify-token.js';

/** The `typ`: no reader of tokens takes one for a token, nor the other way round. */
export const accessType = 'custody-access+jwt';

/** What may be asked for: entries of the logs, exposures and incidents, what finders have told, or chains and their readers. */
export const accessScopes = ['log.entries', 'incidents', 'found.reports', 'chains'] as const;
export type AccessScope = (typeof accessScopes)[number];

/** Whoever finds one can use it for so long. */
export const longestAccessSeconds = 3_600;

/** A device's clock may run ahead by so much. */
const aheadSeconds = 60;
const maxBytes = 2_048;

/** Party `iss` asks deployment `aud` for `scope`, from `iat` until `exp` (whole seconds since 1970). */
export type AccessClaims = {
  readonly iss: PartyId;
  readonly aud: string;
  readonly scope: AccessScope;
  readonly iat: number;
  readonly exp: number;
};

const cures = {
  'access.form': 'Make one with `unbroken access`, and send it as it is: Authorization: Bearer …',
  'access.audience': 'Make one for this hub: aud is the deployment that its trust policy names.',
  'access.time': `Make a new one; it holds for ${longestAccessSeconds / 60} minutes at most. If it is new, set the clock that made it.`,
  'access.key':
    'Sign with a key of yours that is enrolled and not revoked, of a party that is admitted; one enrolled just now counts in a second.',
  'access.signature': 'Make it anew with the key that its kid names.',
} as const;

/** It shows nothing here and now. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';
  readonly cure: string;

  constructor(
    readonly code: keyof typeof cures,
    what: string,
  ) {
    super(what);
    this.cure = cures[code];
  }
}

const encoder = new TextEncoder();

/** The signed access token, in JWS Compact Serialization. */
export async function mintAccess({ iss, aud, scope, iat, exp }: AccessClaims, signer: Signer): Promise<string> {
  const header = { alg: signer.alg, typ: accessType, kid: signer.kid };
  const signingInput = `${encodeJson(header)}.${encodeJson({ iss, aud, scope, iat, exp })}`;
  const signature = await signer.sign(encoder.encode(signingInput));
  if (signature.length !== signatureBytes) throw new Error(`the signer answered ${signature.length} bytes`);
  return `${signingInput}.${base64url.encode(signature)}`;
}

export interface AccessAsked {
  /** The deployment that is asked. */
  readonly aud: string;
  readonly scope: AccessScope;
  /** Seconds since 1970. */
  readonly now: number;
  /** The key, if it counts now. */
  readonly keyOf: (kid: KeyId) => PartyKey | undefined;
}

/**
 * Who asks, shown by the signature of a key that counts now. What that party may is the caller's to know.
 * @throws AccessRefused access.form, access.audience, access.time, access.key, access.signature, in this order
 */
export async function readAccess(access: string, { aud, scope, now, keyOf }: AccessAsked): Promise<PartyKey> {
  const { alg, kid, said, signingInput, signature } = readForm(access, scope);
  if (said.aud !== aud) throw new AccessRefused('access.audience', `it asks ${said.aud}, and not ${aud}`);
  const seconds = said.exp - said.iat;
  if (said.iat > now + aheadSeconds || said.exp <= now || seconds <= 0 || seconds > longestAccessSeconds) {
    throw new AccessRefused('access.time', 'it does not hold now, or for too long');
  }
  const key = keyOf(kid);
  if (key === undefined || key.party !== said.iss || algorithmOf(key.jwk) !== alg) {
    throw new AccessRefused('access.key', `${kid} is no key of ${said.iss} that counts`);
  }
  if (await verifySignature(key.jwk, signingInput, signature)) return key;
  throw new AccessRefused('access.signature', 'its signature does not verify');
}

function readForm(access: string, wanted: AccessScope) {
  try {
    const { said, ...signed } = readStatement(access, { typ: accessType, algorithms: ['ES256', 'Ed25519'], maxBytes });
    const { iss, aud, scope, iat, exp } = said;
    if (!hasExactly(said, ['iss', 'aud', 'scope', 'iat', 'exp'])) {
      throw new OtherForm('it says other than iss, aud, scope, iat and exp');
    }
    if (!isPartyId(iss)) throw new OtherForm('iss is not a party id');
    if (typeof aud !== 'string' || !patterns.deployment.test(aud))
      throw new OtherForm('aud is no name of a deployment');
    if (scope !== wanted) throw new OtherForm(`scope is not ${wanted}`);
    if (!isSeconds(iat) || !isSeconds(exp)) throw new OtherForm('iat and exp are not whole seconds');
    return { ...signed, said: { iss, aud, iat, exp } };
  } catch (error) {
    if (error instanceof OtherForm) throw new AccessRefused('access.form', `this is no access token: ${error.message}`);
    throw error;
  }
}

const encodeJson = (value: object): string => base64url.encode(encoder.encode(JSON.stringify(value)));
