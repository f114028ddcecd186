export type { EnvelopeVector } from './envelope-vector.js';
export { envelopeVectors } from './envelope-vectors.js';
export { keyVectors, possessionVectors, type KeyVector, type PossessionVector } from './key-vectors.js';
export { fixedSigners } from './fixed-keys.js';
export { forge } from './forge.js';
export { headerWith } from './statement.js';
