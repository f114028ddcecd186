export { ledgerService } from './ledger.service.js';
export { LedgerAtWork, publishAgain, publishedEntries } from './publish/publish-again.js';
