// The most that the same cores could do: `crypto.verify` on the same tokens, split beforehand into what was signed and
// the signature, keys already imported, and nothing else. A worker thread a core.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * @param {readonly { token: string }[]} tokens
 * @param {Map<string, import('node:crypto').KeyObject>} keys by key id
 * @returns {Promise<number>} tokens verified per second
 */
export async function ceiling(tokens, keys) {
  const threads = availableParallelism();
  const workers = Array.from({ length: threads }, (_, no) => {
    const mine = tokens.filter((_token, at) => at % threads === no).map(({ token }) => token);
    const jwks = [...keys].map(([kid, key]) => [kid, key.export({ format: 'jwk' })]);
    return new Worker(fileURLToPath(new URL('ceiling-thread.js', import.meta.url)), {
      workerData: { tokens: mine, jwks },
    });
  });
  await Promise.all(workers.map((worker) => heard(worker, 'ready')));
  const begun = performance.now();
  for (const worker of workers) worker.postMessage('go');
  await Promise.all(workers.map((worker) => heard(worker, 'done')));
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return tokens.length / seconds;
}

/** @param {Worker} worker @param {string} what @returns {Promise<void>} */
const heard = (worker, what) =>
  new Promise((resolve, reject) => {
    worker.on('message', (said) => said === what && resolve());
    worker.once('error', reject);
  });
