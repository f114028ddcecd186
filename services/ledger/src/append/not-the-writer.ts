// This process may not write the logs (any more).

/**
 * Nothing was written. The code is Postgres' own for a lock somebody else holds (lock_not_available), so that a consumer
 * waits it out like any other outage: the batch comes again, here or at the process that has become the writer.
 */
export class NotTheWriter extends Error {
  override readonly name = 'NotTheWriter';
  readonly code = '55P03';
}
