// The HTTP side of a process, for those that know neither Kafka nor a database too.

export { NestLog } from './log/nest-log.js';
export { ProblemFilter } from './problem/problem-filter.js';
export { createHttpApp } from './http/http-app.js';
export type { HttpAppOptions, HttpSettings } from './http/http-app.js';
export { HealthModule } from './http/health.module.js';
export { Readiness } from './http/readiness.js';
export type { ReadinessCheck, ReadinessReport, ReadinessState } from './http/readiness.js';
export { counter, gauge, histogram } from './http/metrics.js';
export { runService, startService } from './http/run-service.js';
export type { ServiceDefinition, ServiceParts } from './http/run-service.js';
