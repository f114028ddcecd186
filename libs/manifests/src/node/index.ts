export { parseStatementSync } from './parse-statement-sync.js';
export { readCheckedStatement } from './read-checked-statement.js';
