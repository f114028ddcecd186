// An audit's report for whoever reads it at three in the morning.

import type { AuditReport } from './audit-report.js';
import type { Fault } from './fault.js';

/** A line each, without the last line's end. */
export function reportLines({ at, logs, ended, held, faults, count, notices }: AuditReport): string[] {
  const looked = logs.map(
    ({ origin, size, signed, messages }) =>
      `  ${origin}: ${size} entries, ${signed} of them under a signed checkpoint; ${messages} read from Kafka`,
  );
  return [
    `Audit of ${at}`,
    ...looked,
    ...ended.map(({ said }) => `! ${said}`),
    ...(held === 0 ? [] : [`  held against it: ${held} entries of parties’ own`]),
    ...notices.map((notice) => `! ${notice}`),
    ...(count === 0 ? ['✓ Nothing is changed, missing, doubled or out of order.'] : faultLines(faults, count)),
  ];
}

function faultLines(faults: readonly Fault[], count: number): string[] {
  const more = count - faults.length;
  return [
    `✗ ${count === 1 ? 'One place is' : `${count} places are`} not as it should be:`,
    ...faults.flatMap(linesOf),
    ...(more === 0 ? [] : [`  … and ${more} more`]),
    'What to do: copy the database and the state folder as they are, for they are evidence. Then stop the ledger and run',
    '`unbroken recover`: it puts back what was signed, from Kafka and the parties’ copies, or says what lacks.',
  ];
}

const linesOf = ({ code, where, log, index, tid, says, should }: Fault): string[] => [
  `  ${code}  ${where}, log ${log}${index === null ? '' : `, index ${index}`}${tid === null ? '' : `, token ${tid}`}`,
  `    says        ${says}`,
  `    should say  ${should}`,
];
