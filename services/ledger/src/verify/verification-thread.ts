// The worker thread: judges tokens and nothing else. It holds no state but keys and what it need not check
// twice, so one that dies is simply replaced.

import { parentPort, workerData } from 'node:worker_threads';
import { judgeToken, nothingRemembered } from './judge-token.js';
import { KeyRing } from './key-ring.js';
import { unpackTokens, writeVerdicts } from './messages.js';
import type { FromThread, ThreadSettings, ToThread } from './messages.js';

const port = parentPort;
if (port === null) throw new Error('this file is a worker thread: VerificationPool starts it');

const { deployment } = workerData as ThreadSettings;
const ring = new KeyRing();
const remembered = nothingRemembered();
const say = (message: FromThread): void => {
  port.postMessage(message);
};

port.on('message', (message: ToThread) => {
  if (message.kind === 'learn') {
    ring.learn(message.keys);
    return;
  }
  const verdicts = Array.from(unpackTokens(message), (token) => judgeToken(token, ring.keyOf, deployment, remembered));
  say({ chunk: message.chunk, verdicts: writeVerdicts(verdicts) });
});

say(null);
