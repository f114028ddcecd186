// How much a signature weighs, by the key that made it: what it says of the person behind it.

import type { TimelineEntry } from '@unbroken/contracts';

const grades: Readonly<Record<NonNullable<TimelineEntry['grade']>, string>> = {
  root: 'the party’s root key',
  device: 'a device key',
  gateway: 'a gateway key, for a system without devices',
  enroller: 'an enroller’s key',
  witness: 'a witness key',
  'code-desk': 'the code desk, by one-time code',
};

/** "a device key"; for a key nobody knows the grade of, that. */
export const gradeWords = (grade: TimelineEntry['grade']): string =>
  grade === null ? 'an unknown key' : grades[grade];

/** Weaker evidence looks weaker. */
export const isWeaker = (grade: TimelineEntry['grade']): boolean => grade !== 'device' && grade !== 'root';
