export { EvidenceRefused, evidenceBundle, evidenceFormat, readBundle, readTrust } from './bundle.js';
export type { EvidenceBundle, RecordedEvidence } from './bundle.js';
export { completenessText, readCompleteness } from './completeness.js';
export type { Completeness } from './completeness.js';
export type { Check, CheckName, Result } from './checks.js';
export { partiesOf } from './parties-of.js';
export { shownState } from './shown-state.js';
export { verifyEvidence } from './verify-evidence.js';
export type { EvidenceReport } from './verify-evidence.js';
