import { createPublicKey, verify } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

const keys = new Map(workerData.jwks.map(([kid, key]) => [kid, createPublicKey({ key, format: 'jwk' })]));
const prepared = workerData.tokens.map((token) => {
  const [header, , signature] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const input = Buffer.from(token.slice(0, token.lastIndexOf('.')));
  return { input, key: { key: keys.get(kid), dsaEncoding: 'ieee-p1363' }, signature: Buffer.from(signature, 'base64url') };
});
parentPort?.once('message', () => {
  for (const { input, key, signature } of prepared) {
    if (!verify('sha256', input, key, signature)) throw new Error('a token of the benchmark does not verify');
  }
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
