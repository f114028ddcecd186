export { allCases } from './all-cases.js';
export { asked } from './asked.js';
export type { BadCase } from './bad-case.js';
export { deployment } from './cast.js';
export type { Outcome } from './outcome.js';
export { tellAll, tokensPage } from './page.js';
export type { ToldCase } from './page.js';
