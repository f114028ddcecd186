// Tokens as mintToken would never make them, and yet truly signed: a refusal is only shown by a token that has no other
// fault than the one it is refused for.
import { base64url } from '../base64url.js';
import type { Signer } from '../signer.js';

const encoder = new TextEncoder();
const toBytes = (part: string | Uint8Array): Uint8Array => (typeof part === 'string' ? encoder.encode(part) : part);

/** Signs header and payload as they are, be they JSON or not. */
export function forge(signer: Signer, header: string | Uint8Array, payload: string | Uint8Array): Promise<string> {
  return signParts(signer, base64url.encode(toBytes(header)), base64url.encode(toBytes(payload)));
}

/** Signs two parts as they stand in the compact form, be they base64url or not. */
export async function signParts(signer: Signer, headerPart: string, payloadPart: string): Promise<string> {
  const signingInput = `${headerPart}.${payloadPart}`;
  return `${signingInput}.${base64url.encode(await signer.sign(encoder.encode(signingInput)))}`;
}
