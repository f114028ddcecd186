// What stops `npm run up` or `npm test` before anything of Unbroken runs: a closed set, each told in a sentence that
// names the cure. Anything else that is thrown is a bug and shows its stack.

/**
 * @typedef {'node.old' | 'java.missing' | 'maven.missing' | 'prerequisites.missing' | 'option.unknown'
 *   | 'command.failed' | 'port.taken' | 'state.running' | 'state.foreign' | 'state.no-database' | 'part.not-ready' | 'kafka.unreachable'
 *   | 'postgres.unreachable' | 'postgres.unsupported' | 'postgres.account' | 'test-run.missing'} SetUpErrorCode
 */

export class SetUpError extends Error {
  /**
   * @param {SetUpErrorCode} code
   * @param {string} message what is wrong, where, and the cure
   */
  constructor(code, message) {
    super(message);
    this.name = 'SetUpError';
    this.code = code;
  }
}
