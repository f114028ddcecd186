// Signs the certificate of an erasure with the key of the custody log that is written.

import type { CommonSettings } from '@unbroken/platform';
import { erasureText } from '@unbroken/evidence';
import type { Erasure } from '@unbroken/evidence';
import { formatNote, signNote } from '@unbroken/tlog';
import { originOf } from '../logs.js';
import { LogKeys } from '../sign/log-keys.js';

/** The signed note. @throws Error where the state folder holds no usable key */
export async function signErasure(settings: CommonSettings, said: Omit<Erasure, 'origin'>): Promise<string> {
  const deployment = settings.UNBROKEN_DEPLOYMENT;
  const keys = new LogKeys(settings.UNBROKEN_STATE_DIR, deployment);
  const { custody } = await keys.successions.logs();
  const text = erasureText({ origin: originOf(custody, deployment), ...said });
  return formatNote({ text, signatures: [await signNote(text, await keys.of(custody))] });
}
