// JSON Schemas (2020-12) of what is exchanged, generated from the schemas the code reads with.

import { z } from 'zod';
import { catalogue } from '../events/catalogue.js';
import { policyDocument } from '../policy/policy.js';

/** File name → schema: one per event, and the policy document. */
export function publishedSchemas(): ReadonlyMap<string, unknown> {
  const schemas = new Map<string, unknown>();
  for (const { evt, chain, place, claims } of catalogue.values()) {
    const title = `${evt}: ${place === 'remark' ? 'remark' : 'line token'} of a ${chain}'s chain`;
    schemas.set(`${evt}.json`, { title, ...z.toJSONSchema(claims) });
  }
  schemas.set('policy.json', { title: 'custody policy document', ...z.toJSONSchema(policyDocument) });
  return schemas;
}
