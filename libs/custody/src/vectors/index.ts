export { eventVectors } from './event-vectors.js';
export type { EventVector } from './event-vectors.js';
export { publishedSchemas } from './schemas.js';
export { publishedProtocol } from './published.js';
export { vectorDeployment } from './examples.js';
