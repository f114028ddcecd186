import { describe, expect, it } from '@jest/globals';
import { partsOf } from './said-times.js';

describe('a sentence of the hub', () => {
  it('with a time → the time apart, so that it is said as all others on the page', () => {
    expect(partsOf('It was due by 2026-11-21 07:11 UTC and had not arrived.')).toEqual([
      { text: 'It was due by ' },
      { time: '2026-11-21T07:11:00Z' },
      { text: ' and had not arrived.' },
    ]);
    expect(partsOf('2026-11-21 07:11 UTC')).toEqual([{ time: '2026-11-21T07:11:00Z' }]);
  });

  it('without one, or with what is none → as it is', () => {
    expect(partsOf('Seal 2026-11-21.')).toEqual([{ text: 'Seal 2026-11-21.' }]);
    expect(partsOf('by 2026-99-99 07:11 UTC')).toEqual([{ text: 'by ' }, { text: '2026-99-99 07:11 UTC' }]);
  });
});
