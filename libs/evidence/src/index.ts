export { erasureText } from './erasure.js';
export type { Erasure } from './erasure.js';
export {
  EvidenceRefused,
  chainEvidence,
  evidenceBundle,
  evidenceFormat,
  isUnproven,
  readBundle,
  readTrust,
} from './bundle.js';
export type {
  ChainEvidence,
  EvidenceBundle,
  EvidenceRefusal,
  ListedStatement,
  RecordedEvidence,
  UnprovenEvidence,
} from './bundle.js';
export { completenessText, readCompleteness } from './completeness.js';
export type { Completeness } from './completeness.js';
export type { Check, CheckName, Result } from './checks.js';
export { largestFile, readEvidenceFile, readTrustFile } from './read-file.js';
export type { EvidenceFile } from './read-file.js';
export { partiesOf } from './parties-of.js';
export { shownState } from './shown-state.js';
export type { TimestampEvidence } from './timestamp/timestamp-evidence.js';
export { verifyByItself, verifyEvidence } from './verify-evidence.js';
export type { EvidenceReport } from './verify-evidence.js';
export { verifyChain } from './verify-chain.js';
export type { ListedEvidence, ReadChain } from './verify-chain.js';
export {
  isReason,
  openSuccession,
  openSuccessions,
  readSuccession,
  succeedsLine,
  successionText,
} from './succession.js';
export type { OpenedSuccession, Succession } from './succession.js';
