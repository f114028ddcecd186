// A policy as people read it: what each class needs, which ways are allowed, how long all may take, and who works when.

import { unsaid } from '@unbroken/custody';
import type { Policy } from '@unbroken/custody';
import { hoursLines } from './hours-lines.js';

type Rule = Policy['deadlines']['meet'];

/** One line a rule. */
export function policyLines(policy: Policy): string[] {
  const { name, encryption, approval, basis, position, ways, deadlines, hours } = policy;
  return [
    name,
    `  encrypted    ${since(encryption.from)}, with ${encryption.accepted.join(', ') || 'nothing that is accepted'}`,
    `  approved     ${since(approval.from)}, by ${approvers(approval)}`,
    `  legal basis  ${since(basis.from)}`,
    `  position     ${since(position?.from ?? 'never')}`,
    ...ways.map(({ kind, modes, upTo }) => `  may go       ${kind}, ${modes.join(' or ')}, up to ${upTo}`),
    `  to let it go ${length(deadlines.dispatch ?? unsaid.dispatch)} from its registration`,
    ...(['meet', 'collect', 'drop'] as const).map((mode) => `  to answer    ${length(deadlines[mode])}, ${mode}`),
    `  to be heard  ${length(deadlines.silent ?? unsaid.silent)} after the last word of it`,
    `  to confirm   ${length(deadlines.confirm)} after "delivered"`,
    ...hoursLines(hours).map((line) => `  at work      ${line}`),
  ];
}

const since = (from: Policy['basis']['from']): string => (from === 'never' ? 'never' : `from ${from} up`);

function approvers({ by, deputies }: Policy['approval']): string {
  if (by === undefined) return 'any second person';
  return `${by.join(', ')}${deputies === undefined ? '' : `; in their place ${deputies.join(', ')}`}`;
}

function length({ seconds, counted }: Rule): string {
  const [amount, unit] = seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : [Math.round(seconds / 60), 'minute'];
  return `${amount} ${counted === 'working' ? 'working ' : ''}${unit}${amount === 1 ? '' : 's'}`;
}
