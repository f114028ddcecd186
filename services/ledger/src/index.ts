export { ledgerService } from './ledger.service.js';
export { LedgerAtWork, publishAgain, publishedMessages } from './publish/publish-again.js';
