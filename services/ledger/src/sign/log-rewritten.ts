// What is stored is not what was signed.

/**
 * Nothing is written until a person has put it right; the message says how. The code is Postgres' own for a lock that
 * somebody else holds (lock_not_available): no token is to blame, so what arrives waits in Kafka as in any other outage.
 */
export class LogRewritten extends Error {
  override readonly name = 'LogRewritten';
  readonly code = '55P03';

  constructor(what: string, options?: ErrorOptions) {
    super(`${what}. Nothing is written meanwhile, and what arrives waits in Kafka.`, options);
  }
}

const UNIQUE_VIOLATION = '23505';

/**
 * For a write of what is new to the log: that it is there already means that the log's end was moved by somebody else.
 * @throws LogRewritten then, else what was caught
 */
export function rewrittenIfTaken(error: unknown, log: string): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== UNIQUE_VIOLATION) throw error;
  throw new LogRewritten(`${log} holds something beyond its end. Put a sound database back`, { cause: error });
}
