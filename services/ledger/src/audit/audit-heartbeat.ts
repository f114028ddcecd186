// What the alerts service is told of an audit, over platform.heartbeats.v1.

import { AUDIT_SOURCE } from '@unbroken/contracts';
import type { AuditHeartbeat } from '@unbroken/contracts';
import type { OutboxRow } from '@unbroken/platform';
import { sha256Hash } from '@unbroken/tokens';
import type { AuditReport } from './audit-report.js';
import type { Fault } from './fault.js';

export function heartbeatOf(report: AuditReport): AuditHeartbeat {
  const unnamed = report.count - report.faults.length;
  return {
    source: AUDIT_SOURCE,
    at: report.at,
    logs: [...report.logs, ...ofEnded(report)].map(({ log, origin, size }, place) => {
      const faults = report.faults.filter((fault) => fault.log === log);
      const [first] = faults;
      const found = first && { hash: hashOf(faults), first: inOneLine(first) };
      // Those that were not named are of whichever log; they are told with the first, so that none is left out.
      const count = faults.length + (place === 0 ? unnamed : 0);
      return { origin, size, faults: count, ...(found && { found }) };
    }),
  };
}

/** A log that has ended may be tampered with all the same; what it lost then is no fault. */
const ofEnded = ({ ended }: AuditReport) => ended.map(({ log, origin, signed }) => ({ log, origin, size: signed }));

export const heartbeatRow = (heartbeat: AuditHeartbeat): OutboxRow => ({
  topic: 'platform.heartbeats.v1',
  key: heartbeat.source,
  value: Buffer.from(JSON.stringify(heartbeat)),
  headers: {},
});

const inOneLine = ({ code, where, log, index }: Fault): string =>
  `${code} in ${where}, ${log}${index === null ? '' : ` ${index}`}`;

/** The same for the same places, whatever order they were found in. */
const hashOf = (faults: readonly Fault[]): string =>
  sha256Hash(
    new TextEncoder().encode(
      faults
        .map(({ code, where, log, index, says }) => JSON.stringify([code, where, log, index, says]))
        .sort()
        .join('\n'),
    ),
  );
