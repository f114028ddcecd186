// A witness that takes the question and never answers.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { signNote } from '@unbroken/tlog';
import { LogKeys } from '../sign/log-keys.js';
import { WitnessSilent, askWitness } from './ask-witness.js';
import { emptyCheckpoint } from './one-witness.js';

it('a witness that never answers, while memory is cleared up → given up all the same', async () => {
  setFlagsFromString('--expose-gc');
  const clearUp = runInNewContext('gc') as () => void;
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'unbroken-ask-witness-'));
  const clearing = setInterval(clearUp, 50);
  try {
    const signer = await new LogKeys(folder, 'unbroken-test').of('custody/0');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const listed = { name: 'silent/witness', vkey: '', party: 'silent', key: signer.key, url };
    const text = emptyCheckpoint(signer.key.name);
    const signatures = [await signNote(text, signer)];
    const question = { oldSize: 0, proof: [], note: { text, signatures } };
    await expect(askWitness(listed, question, new AbortController().signal)).rejects.toThrow(WitnessSilent);
  } finally {
    clearInterval(clearing);
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}, 20_000);
