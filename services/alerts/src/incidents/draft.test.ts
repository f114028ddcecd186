// What a draft says of itself, before anybody has put it in words.

import { expect, it } from '@jest/globals';
import { alertCodes } from '@unbroken/contracts';
import type { Incident } from '@unbroken/contracts';
import { computedItems } from './draft.js';

it.each(alertCodes)('a storm of %s → in people’s words, without the code', (code) => {
  const { nature } = computedItems({ code, shipmentCount: 40 } as Incident, [], [], String);
  expect(nature).toMatch(/^40 parcels\.\n[A-Z][^\n]{12,}\.$/m);
  expect(nature).not.toContain(code);
});
