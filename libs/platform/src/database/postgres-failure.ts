// Tells a Postgres that is away, restarting or out of room, which passes, from a statement that is wrong.

import { isError } from '../log/is-error.js';

/** Classes and codes of SQLSTATE that say nothing about the statement (PostgreSQL manual, appendix A). */
const PASSING_STATE = /^(?:08|53|58|F0)|^(?:57P0[1-5]|57014|25006|55P03|55006|40001|40P01|25P03)$/;

const PASSING_SYSTEM_CODE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg and TypeORM say these in words alone. */
const PASSING_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|cannot use a pool after calling end|driver not connected|client was closed and is not queryable|query runner (?:was )?already released/i;

/** True when the same statement may succeed later, because the failure was the connection's or the server's. */
export function isPostgresFailure(error: unknown): boolean {
  if (!isError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    PASSING_SYSTEM_CODE.has(code) ||
    (code.length === 5 && PASSING_STATE.test(code)) ||
    PASSING_WORDS.test(error.message) ||
    ('errors' in error && Array.isArray(error.errors) && error.errors.some(isPostgresFailure)) ||
    isPostgresFailure(error.cause) ||
    ('driverError' in error && isPostgresFailure(error.driverError))
  );
}
