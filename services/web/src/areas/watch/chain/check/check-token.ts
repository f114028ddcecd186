// What this browser finds out by itself about one recorded token, with the same code that devices and the ledger use.
// The hub's word is taken only for which keys a party has enrolled.

import type { ChainToken, JwksAnswer, TimelineEntry } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { keyId, readPublicJwk, TokenRefused, verifyToken } from '@unbroken/tokens';
import type { Envelope, KeyId, PartyId, PartyKey, PublicJwk } from '@unbroken/tokens';

export type Result = 'good' | 'bad' | 'unchecked';

export interface Check {
  readonly what: 'token' | 'statement' | 'key' | 'signature';
  readonly result: Result;
  /** In words, a whole sentence. */
  readonly says: string;
}

/** The keys of a party as the registry lists them; null where they could not be fetched. */
export type KeysOf = (party: string) => Promise<JwksAnswer | null>;

/** What of an entry is compared with the token behind it. */
export type Shown = Pick<TimelineEntry, 'tid' | 'evt' | 'by' | 'key'>;

/** The worst of them: one bad check makes a token bad, one that could not be done leaves it unchecked. */
export const verdictOf = (checks: readonly Check[]): Result =>
  checks.some(({ result }) => result === 'bad')
    ? 'bad'
    : checks.length === 0 || checks.some(({ result }) => result === 'unchecked')
      ? 'unchecked'
      : 'good';

/** Every check of one token, in order; after the first that fails, none that would build on it. Never rejects. */
export async function checkToken(
  shown: Shown,
  recorded: ChainToken | undefined,
  keysOf: KeysOf,
): Promise<readonly Check[]> {
  if (recorded === undefined) return [bad('token', 'The ledger does not have this statement.')];
  if (recorded.token === undefined) {
    return [unchecked('token', 'It could not be understood, so its bytes are not handed out and cannot be checked.')];
  }
  const read = readToken(recorded.token, shown.tid);
  if (!('envelope' in read)) return [read];
  const { envelope } = read;
  const token = good('token', 'The bytes are a token, and they are the one this line names.');
  const statement = checkStatement(envelope, shown);
  return [token, statement, ...(await checkKey(envelope, shown, keysOf))];
}

function readToken(token: string, tid: string): { envelope: Envelope } | Check {
  try {
    const envelope = parseStatement(token);
    if (envelope.tid === tid) return { envelope };
    return bad('token', 'These are not the bytes of the statement this line names.');
  } catch (error) {
    return bad('token', `The bytes are no token: ${reasonOf(error)}.`);
  }
}

function checkStatement({ claims }: Envelope, { evt, by }: Shown): Check {
  const same = (evt === null || claims.evt === evt) && (by === null || claims.iss === by.id);
  if (same) return good('statement', 'The page tells what the token says: the same event, by the same party.');
  return bad('statement', `The page tells something else: the token is “${claims.evt}” by ${claims.iss}.`);
}

async function checkKey(envelope: Envelope, { key }: Shown, keysOf: KeysOf): Promise<Check[]> {
  const party = envelope.claims.iss;
  const listed = await keysOf(party);
  if (listed === null) {
    const silent = `The keys of ${party} could not be fetched.`;
    return [unchecked('key', silent), unchecked('signature', 'Without the key, the signature cannot be checked.')];
  }
  const found = keyOf(listed, envelope.header.kid, party);
  if (found === undefined) {
    const takenBack = key === 'revoked' || key === 'suspect';
    const says = takenBack
      ? 'The key has been taken back since, so the registry no longer hands it out.'
      : `The registry lists no such key for ${party}.`;
    const without = unchecked('signature', 'Without the key, the signature cannot be checked.');
    return [takenBack ? unchecked('key', says) : bad('key', says), without];
  }
  return [good('key', `The registry lists this key for ${party}.`), await checkSignature(envelope, found)];
}

async function checkSignature(envelope: Envelope, key: PartyKey): Promise<Check> {
  try {
    await verifyToken(envelope, key);
    return good('signature', 'The signature was made by that key over exactly these bytes.');
  } catch (error) {
    if (error instanceof TokenRefused)
      return bad('signature', 'The signature was not made by that key over these bytes.');
    return unchecked('signature', 'This browser cannot check signatures of this kind.');
  }
}

/** The key of that name, if it really has that name. */
function keyOf({ keys }: JwksAnswer, kid: KeyId, party: PartyId): PartyKey | undefined {
  const listed = keys.find((key) => key.kid === kid);
  if (listed === undefined) return undefined;
  const { kty, crv, x, y } = listed;
  try {
    const jwk: PublicJwk = readPublicJwk(y === undefined ? { kty, crv, x } : { kty, crv, x, y });
    return keyId(jwk) === kid ? { party, jwk, kid } : undefined;
  } catch {
    return undefined;
  }
}

const reasonOf = (error: unknown): string => (error instanceof TokenRefused ? error.message : 'it cannot be read');
const good = (what: Check['what'], says: string): Check => ({ what, result: 'good', says });
const bad = (what: Check['what'], says: string): Check => ({ what, result: 'bad', says });
const unchecked = (what: Check['what'], says: string): Check => ({ what, result: 'unchecked', says });
