// Every event has a good statement, and every change of it is told apart.

import { catalogue } from '../events/catalogue.js';
import { eventVectors } from './event-vectors.js';
import { publishedSchemas } from './schemas.js';

describe('event vectors', () => {
  it('every event of the catalogue has a vector that is recorded as it is', async () => {
    const good = (await eventVectors()).flatMap(({ expect }) => ('evt' in expect ? [expect.evt] : []));
    expect(new Set(good)).toEqual(new Set(catalogue.keys()));
  });

  it('every claim of every event, wrong or unknown → malformed, with a reason that names the claim', async () => {
    const malformed = (await eventVectors()).flatMap(({ name, expect }) =>
      'malformed' in expect ? [{ name, reason: expect.malformed }] : [],
    );
    expect(malformed.length).toBeGreaterThan(150);
    for (const { name, reason } of malformed) {
      const claim = / ([a-z]+) of the wrong type$/.exec(name)?.[1] ?? / without ([a-z]+)$/.exec(name)?.[1];
      if (claim !== undefined) expect(`${name} → ${reason}`).toMatch(new RegExp(`→ ${claim}[.:]`));
      expect(reason).toMatch(/^[a-z0-9.:-]+$/);
    }
  });

  it('there is a schema for every event and for the policy document', () => {
    expect([...publishedSchemas().keys()]).toEqual([
      ...[...catalogue.keys()].map((evt) => `${evt}.json`),
      'policy.json',
    ]);
  });
});
