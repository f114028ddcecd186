// Numbers as people read them: 1,204.

const format = new Intl.NumberFormat('en-GB');

export const count = (number: number): string => format.format(number);

/** "1 piece", "1,204 pieces". */
export const counted = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
