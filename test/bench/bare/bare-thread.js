// One thread of bare-recorder.js: texts of tokens in, whether their signatures hold out.
import { createPublicKey, verify } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

const keys = new Map(
  workerData.jwks.map((/** @type {[string, import('node:crypto').JsonWebKey]} */ [kid, key]) => [
    kid,
    { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
  ]),
);
/** @type {Map<string, string>} a party's headers are few */
const kids = new Map();

parentPort?.on('message', (/** @type {{ chunk: number, tokens: string[] }} */ { chunk, tokens }) => {
  for (const token of tokens) {
    const dot = token.lastIndexOf('.');
    const signature = Buffer.from(token.slice(dot + 1), 'base64url');
    if (!verify('sha256', Buffer.from(token.slice(0, dot)), keys.get(kidOf(token)), signature))
      throw new Error('a token of the benchmark does not verify');
  }
  parentPort?.postMessage(chunk);
});

/** @param {string} token @returns {string} */
function kidOf(token) {
  const header = token.slice(0, token.indexOf('.'));
  const known = kids.get(header) ?? JSON.parse(Buffer.from(header, 'base64url').toString()).kid;
  kids.set(header, known);
  return known;
}
