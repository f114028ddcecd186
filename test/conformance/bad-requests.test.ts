// The last chapter of docs/protocol/bad-input.md: each fault of a request is told as it is stated there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formProblem } from '@unbroken/platform';
import { requestsChapter, routes } from '../../docs/protocol/bad-requests.js';

const page = join(import.meta.dirname, '../../docs/protocol/bad-input.md');

const faults = Object.entries(routes).flatMap(([route, { schema, good, faults }]) =>
  faults.map(
    (fault) => [route, fault.pointer, fault.wrong, { schema, body: { ...good, ...fault.change }, fault }] as const,
  ),
);

describe('a fault in a request', () => {
  it.each(faults)('%s: %s %s → said in words', (_route, _pointer, _wrong, { schema, body, fault }) => {
    const issues = schema.safeParse(JSON.parse(JSON.stringify(body))).error?.issues ?? [];
    const { pointer, detail } = fault;
    expect(formProblem(issues)).toMatchObject({ status: 400, code: 'body.form', pointer, detail });
  });

  it.each(Object.entries(routes))('%s → a body that is right is read', (route, { schema, good }) => {
    expect(route.includes('policies') || schema.safeParse(good).success).toBe(true);
  });

  it('the page says the same (else: npm run protocol)', () => {
    expect(readFileSync(page, 'utf8')).toContain(requestsChapter());
  });
});
