export { EraseRefused } from './erase/erase-refused.js';
export { erase } from './erase/erase.js';
export { Erasures } from './erase/planned.js';
export { buildStandalone, startStandalone } from './standalone.js';
export type { Standalone } from './standalone.js';
