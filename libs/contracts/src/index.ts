export { CUSTODY_PARTITIONS, deadTopic, topics } from './topics.js';
export type { DeadTopic, Topic, TopicDefinition } from './topics.js';
export { decodeCheckpoint, encodeCheckpoint } from './signed-checkpoint.js';
export type { SignedCheckpoint } from './signed-checkpoint.js';
export {
  AUDIT_SOURCE,
  LONGEST_WITHOUT_AUDIT_MS,
  LONGEST_WITHOUT_PROMISES_MS,
  PROMISES_SOURCE,
  auditHeartbeat,
  promisesHeartbeat,
} from './heartbeat.js';
export type { AuditHeartbeat, PromisesHeartbeat } from './heartbeat.js';
export { MOST_DUE, promisesDue } from './promises-due.js';
export type { DuePromise, PromisesDue } from './promises-due.js';
export { headers } from './headers.js';
export { custodyNumber, positionOf } from './position.js';
export { decodeEntry, encodeEntry } from './entry.js';
export type { Entry, MalformedEntry, TokenEntry } from './entry.js';
export {
  alert,
  alertCodes,
  recordCodes,
  alertAssignment,
  alertDecision,
  alertKey,
  alertRecord,
  alertsPage,
  alertsQuery,
  alertStates,
  incidentCodes,
  incidentSubject,
  isAboutParcel,
  isRecordSubject,
  notification,
  notificationsAnswer,
  readRecordSubject,
  severities,
  splitViewReport,
} from './http/alerts.js';
export type {
  AboutParcel,
  Alert,
  AlertCode,
  AlertAssignment,
  AlertDecision,
  AlertRecord,
  AlertState,
  AlertSubject,
  AlertsPage,
  AlertsQuery,
  Notification,
  NotificationsAnswer,
  RecordSubject,
  Severity,
  SplitViewReport,
} from './http/alerts.js';
export { MOST_OPENINGS, OPENING_SLOT_MS, opening, openedThings, openings, openingsAnswer } from './http/openings.js';
export type { OpenedThing, Opening, Openings, OpeningsAnswer } from './http/openings.js';
export { calledBack, finderAnswer, finderReport, foundReport, foundReports, leftCodes } from './http/found.js';
export type { FinderAnswer, FinderReport, FoundReport, FoundReports, LeftCode } from './http/found.js';
export {
  codeAnswer,
  codeAsked,
  codeConfirmation,
  codeConfirmed,
  guestAnswer,
  guestDetails,
  guestText,
} from './http/guests.js';
export type { CodeConfirmation, CodeConfirmed, GuestDetails } from './http/guests.js';
export {
  awareParties,
  holdAnswer,
  incident,
  incidentAct,
  incidentFile,
  incidentOpening,
  incidentRegister,
  incidentsAnswer,
  notificationDraft,
  notificationItems,
} from './http/incidents.js';
export type {
  FileEntry,
  HoldAnswer,
  Incident,
  IncidentAct,
  IncidentClock,
  IncidentFile,
  IncidentOpening,
  IncidentRegister,
  NotificationDraft,
  NotificationItem,
} from './http/incidents.js';
export { manifestBody, MOST_TOKENS, tokenOutcome, tokenProblem, tokensAnswer, tokensBody } from './http/intake.js';
export type { ManifestBody, TokenOutcome, TokenProblem, TokensAnswer, TokensBody } from './http/intake.js';
export { jwksAnswer, namesakesAnswer, partyAnswer, policyAnswer } from './http/registry.js';
export type { JwksAnswer, NamesakesAnswer, PartyAnswer, PolicyAnswer } from './http/registry.js';
export {
  arrivalsAnswer,
  custodyAnswer,
  draftAnswer,
  draftWarning,
  expectedView,
  partyChainsAnswer,
  shipmentDraft,
  shipmentsAnswer,
  shipmentView,
} from './http/shipments.js';
export type {
  ArrivalsAnswer,
  CustodyAnswer,
  DraftAnswer,
  DraftWarning,
  ExpectedView,
  PartyChainsAnswer,
  ShipmentDraft,
  ShipmentsAnswer,
  ShipmentView,
} from './http/shipments.js';
export { chainAnswer, chainToken, partyChainState, shipmentState, tokenStatus, trustAnswer } from './http/ledger.js';
export type {
  ChainAnswer,
  ChainToken,
  PartyChainState,
  ShipmentState,
  TokenStatus,
  TrustAnswer,
} from './http/ledger.js';
export {
  chainGroups,
  chainRow,
  chainsPage,
  chainsQuery,
  chainView,
  groupCounts,
  shownFinding,
  shownSeal,
  streamEvents,
  timelineEntry,
} from './http/dashboard.js';
export type {
  ChainGroup,
  ChainRow,
  ChainsPage,
  ChainsQuery,
  ChainView,
  GroupCounts,
  NamedParty,
  ShownFinding,
  ShownSeal,
  StreamRows,
  TimelineEntry,
} from './http/dashboard.js';
