// Counters for Prometheus. One registry for the process; a service makes its own counters once, at module level.

import prometheus from 'prom-client';
import type { Counter, Gauge, Histogram } from 'prom-client';

const registry = new prometheus.Registry();

/** Counts upwards; names end in _total. A name can be given once. */
export const counter = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> => new prometheus.Counter({ name, help, labelNames, registers: [registry] });

/** A value that goes up and down. */
export const gauge = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> => new prometheus.Gauge({ name, help, labelNames, registers: [registry] });

/** Durations in seconds; names end in _seconds; `buckets` are upper bounds in seconds. */
export const histogram = <Label extends string = never>(
  name: string,
  help: string,
  buckets: readonly number[],
  labelNames: readonly Label[] = [],
): Histogram<Label> =>
  new prometheus.Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });

let processMeasured = false;

/** Everything measured so far in Prometheus' text format, the process's own memory and event loop included. */
export function metricsText(): Promise<string> {
  if (!processMeasured) prometheus.collectDefaultMetrics({ register: registry });
  processMeasured = true;
  return registry.metrics();
}

export const METRICS_TYPE = registry.contentType;
