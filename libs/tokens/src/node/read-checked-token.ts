// Reads again what somebody has read strictly before: who takes tokens from the ledger's log need not look for the ways
// in which two readers could differ, which is most of what strict reading costs.
import { hash } from 'node:crypto';
import type { BasicClaims, Envelope, Header } from '../envelope.js';
import type { TokenId } from '../ids.js';
import { HeaderMemory } from '../header-memory.js';
import { maxTokenBytes } from '../parse-token.js';
import { readHeader } from '../read-header.js';
import type { JsonObject } from '../strict-json.js';

const headers = new HeaderMemory();

/**
 * What a token says that was read strictly before, by `parseToken` or one that agrees with it, and whose signature was
 * checked then.
 * @throws whatever reading fails with, when it cannot have been
 */
export function readCheckedToken(token: string): Pick<Envelope, 'tid' | 'header' | 'claims'> {
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first < 1 || second < 0) throw new SyntaxError('not three parts');
  return {
    tid: hash('sha256', token.slice(0, second), 'base64url') as TokenId,
    header: headerOf(token.slice(0, first)),
    claims: JSON.parse(textOf(token.slice(first + 1, second))) as BasicClaims & JsonObject,
  };
}

function headerOf(part: string): Header {
  const known = headers.known(part);
  if (known !== undefined) return known;
  const header = readHeader(JSON.parse(textOf(part)) as JsonObject);
  headers.remember(Buffer.from(part, 'latin1').toString('latin1'), header);
  return header;
}

/** Decoded here, part after part: a token is a text again at once. */
const decoded = Buffer.alloc(maxTokenBytes);

function textOf(part: string): string {
  if (part.length > maxTokenBytes) throw new SyntaxError('longer than a token');
  return decoded.toString('utf8', 0, decoded.write(part, 'base64url'));
}
