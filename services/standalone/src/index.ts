export { buildStandalone, startStandalone } from './standalone.js';
export type { Standalone } from './standalone.js';
