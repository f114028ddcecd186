// An audit under a process's settings, from opening what it needs to closing it.

import { createKafka, openDatabase, systemClock } from '@unbroken/platform';
import type { Clock, CommonSettings } from '@unbroken/platform';
import { operatorOf } from '../keys/operator.js';
import { ledgerMigrations } from '../migrations/index.js';
import { LogKeys } from '../sign/log-keys.js';
import { VerificationPool } from '../verify/verification-pool.js';
import { audit } from './audit.js';
import type { AuditOf, AuditReport } from './audit-report.js';
import { AuditImpossible } from './audit-impossible.js';

/** Threads of an audit that nobody waits for: those who write go first. */
const BESIDE_OTHERS = 1;

/**
 * `stopping` is for one that runs by itself, beside a ledger at work: aborted, it is given up.
 * @throws AuditImpossible where it could not look
 */
export async function auditUnder(
  settings: CommonSettings,
  what: AuditOf,
  clock: Clock = systemClock,
  stopping?: AbortSignal,
): Promise<AuditReport> {
  const deployment = settings.UNBROKEN_DEPLOYMENT;
  const migrations = [...ledgerMigrations];
  const opening = openDatabase({ service: 'ledger', settings, entities: [], migrations, poolSize: 3 });
  const dataSource = await opening.catch((cause: unknown) => {
    throw couldNotLook(
      cause,
      'the database of the ledger does not answer',
      'Start Postgres, or set UNBROKEN_POSTGRES_URL',
    );
  });
  const pool = new VerificationPool({ deployment, ...(stopping && { threads: BESIDE_OTHERS }) });
  try {
    await pool.start();
    return await audit(
      {
        ...{ dataSource, deployment, pool, clock, prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX },
        kafka: createKafka(settings, 'audit'),
        ...(stopping && { stopping }),
        operator: operatorOf(settings),
        keys: new LogKeys(settings.UNBROKEN_STATE_DIR, deployment),
      },
      what,
    );
  } catch (error) {
    if (error instanceof AuditImpossible) throw error;
    throw couldNotLook(
      error,
      'something did not answer',
      'Start Kafka and Postgres, see that the state folder can be read',
    );
  } finally {
    await pool.close();
    await dataSource.destroy();
  }
}

function couldNotLook(cause: unknown, what: string, cure: string): AuditImpossible {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AuditImpossible(`The audit could not look: ${what} (${why})`, cure, { cause });
}
