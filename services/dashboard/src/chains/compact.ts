// How people's ways of writing one number or id become one: without spaces, dashes and dots, in upper case.

export const compact = (written: string): string => written.replace(/[\s\p{Dash_Punctuation}./]/gu, '').toUpperCase();
