// How much a signature weighs, by the key that made it: what it says of the person behind it.

import type { ChainToken } from '@unbroken/contracts';

export type Grade = ChainToken['grade'];

const grades: Readonly<Record<NonNullable<Grade>, string>> = {
  root: 'the party’s root key',
  device: 'a device key',
  gateway: 'a gateway key, for a system without devices',
  enroller: 'an enroller’s key',
  witness: 'a witness key',
  'code-desk': 'the code desk, by one-time code',
};

/** "a device key"; for a key nobody knows the grade of, that. */
export const gradeWords = (grade: Grade): string => (grade === null ? 'an unknown key' : grades[grade]);

/** Weaker evidence looks weaker. */
export const isWeaker = (grade: Grade): boolean => grade !== 'device' && grade !== 'root';
