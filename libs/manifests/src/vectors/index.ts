export { manifestVectors } from './manifest-vectors.js';
export type { ManifestVector } from './manifest-vectors.js';
