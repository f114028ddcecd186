// What is asked for is in the log, but not any more what was signed: then nothing is handed out.

import { Problem } from '@unbroken/platform';
import { LogRewritten } from '../sign/log-rewritten.js';

/** @throws Problem 503 log.damaged in place of LogRewritten */
export async function unlessDamaged<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof LogRewritten)) throw error;
    throw new Problem({
      status: 503,
      code: 'log.damaged',
      title: 'The log is damaged',
      detail: 'what is stored is not what the log has signed, so it is not handed out',
      cure: 'Tell the operator: a sound database must be put back; what you hold signed stays valid',
    });
  }
}
