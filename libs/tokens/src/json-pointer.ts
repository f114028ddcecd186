// RFC 6901 pointers into what a stranger sent: their names end in logs, tables and answers, so what those cannot hold
// (control characters, half surrogate pairs) is shown as U+FFFD.

const unprintable = /[\p{Control}\p{Surrogate}]/gu;

/** The JSON pointer that leads through these member names and array indices. */
export const jsonPointer = (path: readonly (string | number)[]): string =>
  path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1').replace(unprintable, '\uFFFD')}`)
    .join('');
