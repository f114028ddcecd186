// What to do now about a finding, as the chain stands now. The playbook speaks of a parcel on its way; of one whose chain
// has ended nothing can be stopped, fetched back or signed for any more, and what is left is to find out and to report.

import type { AlertCode } from '@unbroken/contracts';
import type { FindingCode, Status } from '@unbroken/custody';
import { ASSESS, playbook } from './playbook.js';

const ENDS: readonly Status[] = ['confirmed', 'void', 'destroyed'];

/** The chain has ended, and nobody disputes how. */
export const isOver = (status: Status): boolean => ENDS.includes(status);

/** From the moment somebody knows of it the law counts hours. */
export const hasLegalClock = (code: FindingCode): boolean => playbook[code].steps.includes(ASSESS);

const KEEP_THE_COVER = 'Keep the cover and its seals as they are, and photograph them.';
const HOW_IT_LEFT = 'Find out how it could leave like this, and close that way.';
const WHERE_MEANWHILE = 'Ask both sides where it was in the meantime.';

/** Where the playbook's own steps need a parcel that is still on its way. */
const afterwards: Readonly<Partial<Record<AlertCode, readonly string[]>>> = {
  'misdelivery.wrong-party': ['Ask the party that had it what became of it there, and keep the answer.', ASSESS],
  'misdelivery.off-route': ['Ask the party that had it how it came there, and what became of it.'],
  'misdelivery.wrong-place': [
    'Ask the courier where it was handed over, and to whom.',
    'Agree with the courier how the next one finds the right door.',
  ],
  'misdelivery.stranger': [
    'Ask the consignee to look whether the parcel, and everything in it, is with them.',
    'Have the finder desk call the finder back, where they left a way to, and compare the label.',
  ],
  'place.unknown': ['Ask the courier where it was handed over.'],
  'custody.not-holder': ['Ask the party why this device signed.'],
  'custody.not-consignee': ['Ask who signed it, and on whose behalf.'],
  'custody.closed': ['Ask who signed it, and whether another parcel was meant.'],
  'seal.broken': [ASSESS, KEEP_THE_COVER, 'Call the sender and compare with the photograph taken at sealing.'],
  'seal.missing': [ASSESS, KEEP_THE_COVER, 'Look for the seal where it was last seen.'],
  'seal.unknown': [
    KEEP_THE_COVER,
    'Compare the seal numbers with the sender: one may have been misread, or exchanged.',
  ],
  'parcel.opened': [
    ASSESS,
    'Call the sender: what was in it, and was it encrypted?',
    'Write down who has been near it and since when.',
    KEEP_THE_COVER,
  ],
  'key.too-early': ['Ask who let the key go before the arrival, and keep the answer.'],
  'parcel.damaged': [KEEP_THE_COVER, 'Tell the sender what is damaged.'],
  'parcel.lost': [ASSESS, 'Write down where it was, as far as anybody knows.', 'Tell the sender what was done.'],
  'handoff.unanswered': [WHERE_MEANWHILE],
  'handoff.without-release': ['Ask who handed it over, and keep the answer.'],
  'delivered.unconfirmed': ['Ask the consignee where it was before they confirmed it.'],
  'arrival.overdue': [WHERE_MEANWHILE, 'Tell the sender why it came late.'],
  'dispatch.overdue': ['Find out why it left so late, and where it lay.'],
  'parcel.silent': [WHERE_MEANWHILE],
  'dispatch.unencrypted': [HOW_IT_LEFT],
  'dispatch.unapproved': [HOW_IT_LEFT],
  'dispatch.break-glass': ['Ask who broke the glass whether it had to be, and keep the answer.'],
  'dispatch.no-basis': ['Find the legal basis.', HOW_IT_LEFT],
  'dispatch.way-not-allowed': [HOW_IT_LEFT],
};

/**
 * In the order in which to take them; the first is what a person is told where there is room for one. Of a chain that is
 * not known (yet): as on its way.
 */
export const stepsNow = (code: AlertCode, status?: Status): readonly string[] =>
  (status !== undefined && isOver(status) ? afterwards[code] : undefined) ?? playbook[code].steps;
