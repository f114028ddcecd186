// Making a token, so that whatever is signed here can be read everywhere.
import { base64url } from './base64url.js';
import type { Header } from './envelope.js';
import { parseToken } from './parse-token.js';
import { tokenType } from './read-header.js';
import { signatureBytes } from './signature.js';
import type { Signer } from './signer.js';

const encoder = new TextEncoder();
const unsigned = base64url.encode(new Uint8Array(signatureBytes));

/**
 * The signed token that says `claims`, in JWS Compact Serialization, with exactly the three header members.
 * What {@link parseToken} would refuse is refused before the key is used.
 * @throws TokenRefused as parseToken; Error when the signer answers anything but 64 bytes
 */
export async function mintToken(claims: Readonly<Record<string, unknown>>, signer: Signer): Promise<string> {
  const header: Header = { alg: signer.alg, typ: tokenType, kid: signer.kid };
  const signingInput = `${encodeJson(header)}.${encodeJson(claims)}`;
  parseToken(`${signingInput}.${unsigned}`);
  const signature = await signer.sign(encoder.encode(signingInput));
  if (signature.length !== signatureBytes) {
    throw new Error(
      `the signer answered ${signature.length} bytes; a raw ${signer.alg} signature has ${signatureBytes}`,
    );
  }
  return `${signingInput}.${base64url.encode(signature)}`;
}

const encodeJson = (value: object): string => base64url.encode(encoder.encode(JSON.stringify(value)));
