export { commonSettings } from './config/common-settings.js';
export type { CommonSettings, ProcessSettings } from './config/common-settings.js';
export { defineProcessSettings, defineSettings } from './config/define-settings.js';
export type { SettingsDefinition, SettingsOf, SettingsShape } from './config/define-settings.js';
export { isLoopback } from './config/loopback.js';
export { readSettings } from './config/read-settings.js';
export { hostPortList, port, secretDirectory, secretFile, setting, wholeNumber } from './config/setting-kinds.js';
export type { SettingMeta } from './config/setting-kinds.js';
export { SettingsError } from './config/settings-error.js';
export type { SettingsMistake } from './config/settings-error.js';

export { configureLog, eventLog, log } from './log/event-log.js';
export type { EventLog, LogLevel, LogOptions } from './log/event-log.js';
export type { EventList, FieldKind, FieldsOf } from './log/event-definitions.js';
export { platformEvents } from './log/events.js';
export { NestLog } from './log/nest-log.js';
export { toldError, toldMessage } from './log/told-error.js';
export type { ToldError } from './log/told-error.js';

export { CLOCK, systemClock } from './time/clock.js';
export type { Clock } from './time/clock.js';
export { Sleeper, backoffMs } from './time/backoff.js';
export { Repeated } from './time/repeated.js';
export type { RepeatedWork } from './time/repeated.js';
export { untilThere } from './time/until-there.js';

export { arrayLiteral, lines } from './database/columns.js';
export { openDatabase, serviceDatabase } from './database/service-database.js';
export type { PostgresSettings, ServiceDatabaseOptions } from './database/postgres-options.js';
export { isPostgresFailure } from './database/postgres-failure.js';

export { createKafka } from './kafka/client.js';
export type { KafkaSettings } from './kafka/client.js';
export { Together } from './kafka/together.js';
export { ensureTopics, topicName } from './kafka/topics.js';
export { RawProducer } from './kafka/raw-producer.js';
export { entryText, rawMessages, toldBeside } from './kafka/raw-message.js';
export { decodePack, encodePack } from './kafka/recorded-pack.js';
export type { PackedEntry, UnpackedEntry } from './kafka/recorded-pack.js';
export type { OutgoingMessage, RawProducerOptions } from './kafka/raw-producer.js';
export type { RawMessage, ToldBeside } from './kafka/raw-message.js';
export { PoisonMessage } from './kafka/poison-message.js';
export { BatchContext } from './kafka/batch-context.js';
export type { BatchPosition } from './kafka/batch-context.js';
export { BatchTransport } from './kafka/batch-transport.js';
export type { BatchTransportOptions } from './kafka/batch-transport.js';
export { FollowReader } from './kafka/follow-reader.js';
export type { FollowReaderOptions } from './kafka/follow-reader.js';
export { groupHasMembers } from './kafka/group-members.js';
export { isBrokerFailure } from './kafka/broker-failure.js';

export { Outbox } from './outbox/outbox.js';
export type { OutboxRow } from './outbox/outbox.js';
export { outboxMigration } from './outbox/outbox-migration.js';
export { OutboxRelay } from './outbox/outbox-relay.js';
export type { OutboxRelayOptions } from './outbox/outbox-relay.js';

export { Problem } from './problem/problem.js';
export type { ProblemParts } from './problem/problem.js';
export { ProblemFilter } from './problem/problem-filter.js';
export { formProblem, jsonPointer } from './problem/form-problem.js';

export { mailServer } from './mail/mail-server.js';
export type { OutgoingMail, SendOverServer } from './mail/mail-server.js';
export { makeOnce, namesIn, readIfThere, writeDurably } from './files/durable-file.js';
export { appendLines, mendLines, readLines } from './files/durable-lines.js';
export { escapeHtml } from './http/escape-html.js';
export { createHttpApp } from './http/http-app.js';
export type { HttpAppOptions, HttpSettings } from './http/http-app.js';
export { HealthModule } from './http/health.module.js';
export { Readiness } from './http/readiness.js';
export type { ReadinessCheck, ReadinessReport, ReadinessState } from './http/readiness.js';
export { counter, gauge, histogram } from './http/metrics.js';
export { runService, startService } from './http/run-service.js';
export type { ServiceDefinition, ServiceParts } from './http/run-service.js';
