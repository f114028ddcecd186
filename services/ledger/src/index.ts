export { ledgerService } from './ledger.service.js';
export { LedgerAtWork, publishAgain, publishedMessages } from './publish/publish-again.js';
export { recordedLog } from './publish/recorded-log.js';
export { auditUnder } from './audit/open-audit.js';
export { AuditImpossible } from './audit/audit-impossible.js';
export { reportLines } from './audit/report-lines.js';
export { recover } from './recover/recover.js';
export { RecoverRefused } from './recover/recover-refused.js';
