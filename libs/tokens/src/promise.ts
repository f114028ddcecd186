// The hub's promise of what it took: signed when tokens are durable in an intake and before they are recorded, so that
// whoever posted can show that the hub had them (docs/protocol section 8, "Promises").
import { isHash, isTokenId, patterns } from './ids.js';
import type { Hash, TokenId } from './ids.js';
import { keyId } from './key-id.js';
import type { PublicJwk } from './public-jwk.js';
import { OtherForm, hasExactly, isSeconds, readStatement } from './read-statement.js';
import { verifySignature } from './signature.js';
import type { JsonObject } from './strict-json.js';

/** The `typ` of a promise: no reader of tokens takes one for a token, nor the other way round. */
export const promiseType = 'custody-promise+jwt';

/** A promise of the 1,000 pieces of the one manifest that a request may carry is well below this many bytes. */
export const maxPromiseBytes = 262_144;
const mostTokens = 1000;

/** One token that was taken. Times are whole seconds since 1970. */
export type PromisedToken = {
  readonly tid: TokenId;
  /** SHA-256 of all its bytes, the signature included. */
  readonly sum: Hash;
  /** When these bytes came first. */
  readonly received: number;
  /** By when the ledger has recorded it, or says why not. */
  readonly due: number;
};

/** What a promise says: deployment `iss`, through its service `service`, has taken these tokens for good. */
export type IntakePromise = {
  readonly iss: string;
  readonly service: string;
  readonly tokens: readonly PromisedToken[];
};

const cures = {
  'promise.form': 'Take the promise from the answer to the post as it stands; nothing in it may be changed.',
  'promise.key': 'Compare the keys under "promises" in your trust policy with those of the hub.',
  'promise.signature': 'Keep it with the answer it came in: the hub, or somebody between, has given a false promise.',
} as const;

/** A promise that is none, by a key nobody trusts, or with a false signature. */
export class PromiseRefused extends Error {
  override readonly name = 'PromiseRefused';
  readonly cure: string;

  constructor(
    readonly code: keyof typeof cures,
    what: string,
  ) {
    super(what);
    this.cure = cures[code];
  }
}

/**
 * Reads a promise as strictly as a token and checks it under the keys that are trusted for promises.
 * @throws PromiseRefused promise.form, promise.key (none of `trusted`), promise.signature, in this order
 */
export async function readPromise(promise: string, trusted: readonly PublicJwk[]): Promise<IntakePromise> {
  const { signingInput, kid, said, signature } = readForm(promise);
  const key = trusted.find((jwk) => jwk.kty === 'OKP' && keyId(jwk) === kid);
  if (key === undefined) throw new PromiseRefused('promise.key', `the key ${kid} is not trusted for promises`);
  if (await verifySignature(key, signingInput, signature)) return said;
  throw new PromiseRefused('promise.signature', 'the signature of the promise does not verify');
}

function readForm(promise: string) {
  try {
    const form = { typ: promiseType, algorithms: ['Ed25519'], maxBytes: maxPromiseBytes } as const;
    const { said, ...signed } = readStatement(promise, form);
    return { ...signed, said: readSaid(said) };
  } catch (error) {
    if (error instanceof OtherForm) throw otherForm(error.message);
    throw error;
  }
}

function readSaid(payload: JsonObject): IntakePromise {
  const { iss, service, tokens } = payload;
  if (!hasExactly(payload, ['iss', 'service', 'tokens'])) throw otherForm('it says other than iss, service and tokens');
  if (typeof iss !== 'string' || !patterns.deployment.test(iss)) throw otherForm('iss is no name of a deployment');
  if (typeof service !== 'string' || !/^[a-z]{1,20}$/.test(service)) throw otherForm('service is no name of one');
  if (!Array.isArray(tokens) || tokens.length === 0 || tokens.length > mostTokens || !tokens.every(isPromised)) {
    throw otherForm('tokens are not 1 to 1000, each with tid, sum, received and due');
  }
  return { iss, service, tokens };
}

function isPromised(value: unknown): value is PromisedToken {
  if (typeof value !== 'object' || value === null) return false;
  const { tid, sum, received, due } = value as JsonObject;
  return (
    hasExactly(value, ['tid', 'sum', 'received', 'due']) &&
    isTokenId(tid) &&
    isHash(sum) &&
    isSeconds(received) &&
    isSeconds(due) &&
    due >= received
  );
}

const otherForm = (why: string): PromiseRefused =>
  new PromiseRefused('promise.form', `this is not a promise of a hub: ${why}`);
