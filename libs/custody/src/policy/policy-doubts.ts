// What is well-formed in a policy and surely not meant: rules under which nothing can ever leave, and deadlines that run
// while nobody works. Told to whoever writes one, before it is signed.

import { classes } from '../events/forms.js';
import { allowsWay } from './policy.js';
import type { Policy } from './policy.js';

export interface PolicyDoubt {
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly what: string;
  readonly cure: string;
}

/** `today` is the local ISO date. */
export function policyDoubts(policy: Policy, today: string): readonly PolicyDoubt[] {
  return [
    ...withoutWay(policy),
    ...withoutEncryption(policy),
    ...withoutApprover(policy),
    ...withoutHolidays(policy, today),
  ];
}

function withoutWay(policy: Policy): PolicyDoubt[] {
  const modes = ['meet', 'collect', 'drop'] as const;
  const stuck = classes.filter((of) =>
    (['physical', 'digital'] as const).every(
      (kind) => !modes.some((mode) => allowsWay(policy, { kind, mode, class: of })),
    ),
  );
  if (stuck.length === 0) return [];
  const what = `nothing that is ${stuck.join(' or ')} may be sent in any way`;
  return [{ pointer: '/ways', what, cure: 'add a way with that class, or a higher one, in `upTo`' }];
}

function withoutEncryption({ encryption: { from, accepted } }: Policy): PolicyDoubt[] {
  const pointer = '/encryption/accepted';
  if (from !== 'never' && accepted.length === 0)
    return [
      {
        pointer,
        what: `no encryption is accepted, so nothing from ${from} up may leave`,
        cure: 'name those you accept',
      },
    ];
  if (from === 'never' || !accepted.includes('other')) return [];
  return [
    { pointer, what: '`other` is whatever anybody calls encryption', cure: 'name the programs you trust instead' },
  ];
}

function withoutApprover({ approval: { from, by, deputies } }: Policy): PolicyDoubt[] {
  if (from === 'never' || by === undefined) return [];
  const persons = new Set([...by, ...(deputies ?? [])]);
  if (persons.size > 1) return [];
  const what = 'one person alone may approve: what that person registers can never leave but by breaking the glass';
  return [{ pointer: '/approval', what, cure: 'name a second person in `by`, or a deputy in `deputies`' }];
}

function withoutHolidays({ hours: { closed = [] }, deadlines }: Policy, today: string): PolicyDoubt[] {
  const counts = Object.values(deadlines).some((rule) => rule?.counted === 'working');
  if (!counts || closed.some((date) => date >= today)) return [];
  const what = `no date from ${today} on is closed, so working time runs on holidays too`;
  return [{ pointer: '/hours/closed', what, cure: 'add the holidays of the coming years, such as "2026-12-25"' }];
}
