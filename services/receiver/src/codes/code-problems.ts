// What somebody is told who asks for a code or types one. All but `wrong`, `too-many` and `no-desk` are told only to who has
// typed the right code.

import { Problem } from '@unbroken/platform';

const told = (status: number, code: string, detail: string, cure: string) => () =>
  new Problem({ status, code: `code.${code}`, title: 'The code desk', detail, cure });

export const codeProblems = {
  'no-desk': told(
    503,
    'no-desk',
    'The operator of this hub has no key for a code desk.',
    'The operator sets UNBROKEN_CODE_DESK_KEY.',
  ),
  'too-many': told(
    429,
    'too-many',
    'Too often within the hour: one network has three codes and five tries for a parcel, all together six codes and twenty tries at each.',
    'If it was not you, ask for another code; else try again in an hour, or have the sender redirect the parcel to a party with keys.',
  ),
  wrong: told(
    422,
    'wrong',
    'That is not the newest code that was sent for this parcel, if any was.',
    'Look at the newest message, or ask for another code.',
  ),
  expired: told(422, 'expired', 'That code held for half an hour, which is over.', 'Ask for another code.'),
  used: told(409, 'used', 'The parcel was confirmed with this code already.', 'Nothing is left to do.'),
  closed: told(
    409,
    'closed',
    'The parcel is closed, or is for somebody else now.',
    'Ask the sender; `unbroken chain` shows what happened.',
  ),
} as const;
