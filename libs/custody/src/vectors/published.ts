// What docs/protocol publishes beside its text: generated here, so that the promise and the code cannot part.

import { envelopeVectors, keyVectors, possessionVectors } from '@unbroken/tokens/vectors';
import { defaultPolicyText } from '../policy/default-policy.js';
import { eventVectors } from './event-vectors.js';
import { publishedSchemas } from './schemas.js';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Path below docs/protocol → content; the same on every run. */
export async function publishedProtocol(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...[...publishedSchemas()].map(([name, schema]) => [`schemas/${name}`, json(schema)] as const),
    ['vectors/envelopes.json', json(await envelopeVectors())],
    ['vectors/keys.json', json(await keyVectors())],
    ['vectors/possession.json', json(await possessionVectors())],
    ['vectors/events.json', json(await eventVectors())],
    ['vectors/default-policy.json', defaultPolicyText],
  ]);
}
