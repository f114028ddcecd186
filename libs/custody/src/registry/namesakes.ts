// Whether two names of parties read the same to people: as Unicode compares names without regard to case (NFKC_Casefold,
// https://www.unicode.org/reports/tr44/#NFKC_Casefold), and without regard to spaces. Letters of other scripts that merely
// look alike (UTS 39) are told apart.

const fold = (name: string): string =>
  name
    .normalize('NFKC')
    // To capitals first: the sharp s has none of its own and becomes two letters.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');

export const readTheSame = (one: string, other: string): boolean => fold(one) === fold(other);
