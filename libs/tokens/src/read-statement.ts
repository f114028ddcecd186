// What is signed here beside tokens (promises, access): a JWS in Compact Serialization, read as strictly as a token, whose
// `typ` says what it is, so that none is ever taken for another.
import { readPart, splitParts } from './compact.js';
import type { Algorithm } from './envelope.js';
import { isKeyId } from './ids.js';
import type { KeyId } from './ids.js';
import { readJsonObject, readUtf8, type JsonObject } from './strict-json.js';
import { TokenRefused } from './token-refused.js';

/** Read, and not believed yet. */
export interface Statement {
  readonly alg: Algorithm;
  readonly kid: KeyId;
  readonly said: JsonObject;
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/** It is not of the form; the message says why, and begins in lower case. */
export class OtherForm extends Error {
  override readonly name = 'OtherForm';
}

export interface StatementForm {
  readonly typ: string;
  readonly algorithms: readonly Algorithm[];
  readonly maxBytes: number;
}

const encoder = new TextEncoder();

/** @throws OtherForm */
export function readStatement(text: string, { typ, algorithms, maxBytes }: StatementForm): Statement {
  if (text.length > maxBytes) throw new OtherForm(`it is over ${maxBytes} bytes`);
  try {
    const parts = splitParts(encoder.encode(text));
    const [header, payload, signature] = (['header', 'payload', 'signature'] as const).map((name) =>
      readPart(name, parts[name]),
    ) as [Uint8Array, Uint8Array, Uint8Array];
    const read = readHeader(readJsonObject('header', readUtf8('header', header)), typ, algorithms);
    const said = readJsonObject('payload', readUtf8('payload', payload));
    return { ...read, said, signingInput: parts.signingInput, signature };
  } catch (error) {
    if (error instanceof TokenRefused) throw new OtherForm(error.message.replace('the token', 'it'));
    throw error;
  }
}

function readHeader(header: JsonObject, expected: string, algorithms: readonly Algorithm[]) {
  const { alg, typ, kid } = header;
  if (!hasExactly(header, ['alg', 'typ', 'kid'])) {
    throw new OtherForm('its header has other members than alg, typ and kid');
  }
  const known = algorithms.find((one) => one === alg);
  if (known === undefined) throw new OtherForm(`alg is not ${algorithms.join(' or ')}`);
  if (typ !== expected) throw new OtherForm(`typ is not ${expected}`);
  if (!isKeyId(kid)) throw new OtherForm('kid is not a key thumbprint');
  return { alg: known, kid };
}

/** Whether it has these members and no other. */
export const hasExactly = (value: object, members: readonly string[]): boolean =>
  Object.keys(value).length === members.length && members.every((name) => Object.hasOwn(value, name));

/** Whole seconds since 1970. */
export const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
