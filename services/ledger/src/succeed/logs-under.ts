// Which logs there are under a process's settings.

import type { CommonSettings } from '@unbroken/platform';
import type { Logs } from '../logs.js';
import { Successions } from './successions.js';

/** Nest's injection token of the logs that this process knows. */
export const LOGS = Symbol('LOGS');

export const logsUnder = ({
  UNBROKEN_STATE_DIR,
  UNBROKEN_DEPLOYMENT,
}: Pick<CommonSettings, 'UNBROKEN_STATE_DIR' | 'UNBROKEN_DEPLOYMENT'>): Promise<Logs> =>
  new Successions(UNBROKEN_STATE_DIR, UNBROKEN_DEPLOYMENT).logs();
