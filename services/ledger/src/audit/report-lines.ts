// An audit's report for whoever reads it at three in the morning.

import type { AuditReport } from './audit-report.js';
import type { Fault } from './fault.js';
import { faultRuns } from './fault-runs.js';
import type { FaultRun } from './fault-runs.js';

/** What was compared and how much is wrong; then each place, those that follow each other together. */
export function reportLines({ at, logs, ended, held, faults, count, kinds, notices }: AuditReport): string[] {
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
    ...(count === 0 ? ['✓ Nothing is changed, missing, doubled or out of order.'] : faultLines(faults, count, kinds)),
  ];
}

function faultLines(faults: readonly Fault[], count: number, kinds: AuditReport['kinds']): string[] {
  const more = count - faults.length;
  return [
    `✗ ${count === 1 ? 'One place is' : `${count} places are`} not as it should be:`,
    ...kinds.map((kind) => `  ${String(kind.count).padStart(String(count).length)} × ${kind.code}, log ${kind.log}`),
    'What to do: copy the database and the state folder as they are, for they are evidence. Then stop the ledger and run',
    '`unbroken recover`: it puts back what was signed, from Kafka and the parties’ copies, or says what lacks.',
    'Where:',
    ...faultRuns(faults).flatMap(linesOf),
    ...(more === 0 ? [] : [`  … and ${more} more, which are counted above and not named`]),
  ];
}

function linesOf({ first, last, count }: FaultRun): string[] {
  const isOne = count === 1;
  const { code, where, log, index, tid } = first;
  const at = index === null ? '' : `, index ${index}${isOne ? '' : ` to ${last.index} (${count} in a row)`}`;
  const places = last.where === where ? where : `${where} … ${last.where}`;
  return [
    `  ${code}  ${places}, log ${log}${at}${isOne && tid !== null ? `, token ${tid}` : ''}`,
    ...bothEnds('    says        ', first.says, last.says),
    ...bothEnds('    should say  ', first.should, last.should),
  ];
}

const bothEnds = (label: string, first: string, last: string): string[] =>
  first === last ? [`${label}${first}`] : [`${label}${first}`, `${' '.repeat(label.length - 2)}… ${last}`];
