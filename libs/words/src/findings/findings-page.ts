// The page docs/findings.md: every code, made of what alerts are raised and spoken by, so that page and program cannot part.

import { alertCodes, incidentCodes, recordCodes } from '@unbroken/contracts';
import type { AlertCode } from '@unbroken/contracts';
import { playbook } from '../playbook.js';
import { notYetRaised, raisedWhen } from './raised-when.js';

/** What does not follow from a token at once. */
const timers: Readonly<Partial<Record<AlertCode, string>>> = {
  'handoff.unanswered': 'timer',
  'delivered.unconfirmed': 'timer',
  'dispatch.overdue': 'timer',
  'arrival.overdue': 'timer',
  'parcel.silent': 'timer',
  'chain.gap': 'timer, 10 min',
  'log.tampered': 'each night',
  'pipeline.silent': 'timer, 26 h',
  'incident.clock': 'timer, 24 h, 48 h, 72 h',
};

/** Told by default: whom a chain's finding concerns. Of the record itself: its operator; of an incident: whose it is. */
function told(code: AlertCode): string {
  if ((recordCodes as readonly string[]).includes(code)) return 'operator';
  if ((incidentCodes as readonly string[]).includes(code)) return 'the party whose incident it is';
  return 'sender, responsible, consignee, holder';
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const raised = (code: AlertCode): string =>
  row([
    `\`${code}\``,
    raisedWhen[code],
    timers[code] ?? 'at once',
    playbook[code].severity,
    told(code),
    playbook[code].steps.join(' '),
  ]);

/** The whole page; the same on every run. */
export const findingsPage = (): string =>
  [
    '# Every finding',
    '',
    'Made from the code by `npm run protocol`. How the rules behind them read stands in [the protocol](protocol/README.md),',
    'sections 4 and 5. "At once" is: as soon as the token is recorded and judged. What to do is what an alert says to whoever',
    'opens it, while the parcel is on its way; once its chain has ended, the steps that make no sense any more give way.',
    '',
    row(['code', 'raised when', 'how fast', 'severity', 'who is told', 'what to do']),
    row(['---', '---', '---', '---', '---', '---']),
    ...alertCodes.map(raised),
    '',
    '## Named by the protocol, raised by nothing yet',
    '',
    row(['code', 'waits for']),
    row(['---', '---']),
    ...Object.entries(notYetRaised).map(([code, what]) => row([`\`${code}\``, what])),
    '',
  ].join('\n');
