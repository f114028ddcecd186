// One thread of ceiling.js.
import { createPublicKey, verify } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ tokens: string[], jwks: [string, import('node:crypto').JsonWebKey][] }} */
const { tokens, jwks } = workerData;
const keys = new Map(jwks.map(([kid, key]) => [kid, createPublicKey({ key, format: 'jwk' })]));
const prepared = tokens.map((token) => {
  const [header = '', , signature = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const input = Buffer.from(token.slice(0, token.lastIndexOf('.')));
  return {
    input,
    key: { key: keyOf(kid), dsaEncoding: /** @type {const} */ ('ieee-p1363') },
    signature: Buffer.from(signature, 'base64url'),
  };
});

/** @param {string} kid */
function keyOf(kid) {
  const key = keys.get(kid);
  if (key === undefined) throw new Error('a token of the benchmark is of an unknown key');
  return key;
}

parentPort?.once('message', () => {
  for (const { input, key, signature } of prepared) {
    if (!verify('sha256', input, key, signature)) throw new Error('a token of the benchmark does not verify');
  }
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
