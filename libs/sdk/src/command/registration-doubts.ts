// What the hub foresees of a parcel that nobody can put right once it is registered: it would have to be declared void. The
// other warnings, such as an approval that is still to come, are told once it is signed.

import type { DraftWarning } from '@unbroken/contracts';
import type { Doubt } from './anyway.js';

/** By the warning's code, what to do while nothing is signed; the hub's own cures speak of what is. */
const cures: Readonly<Record<string, string>> = {
  'dispatch.no-basis': 'Add it: --basis "GDPR-9.2.j=Act on Statistics, s. 6", its code and where it stands.',
  'dispatch.unencrypted':
    'Encrypt it for the consignee in a way that the policy accepts (`unbroken policy show`), and say how with --enc.',
  'dispatch.way-not-allowed': 'Give another --kind or --class, if it is one; `unbroken policy show` tells what may go.',
  'due.passed': 'Give a --due in the future, such as 2026-12-01.',
};

export const registrationDoubts = (warnings: readonly DraftWarning[]): readonly Doubt[] =>
  warnings.flatMap(({ code, detail }) => {
    const cure = cures[code];
    return cure === undefined ? [] : [{ code, what: detail, cure }];
  });
