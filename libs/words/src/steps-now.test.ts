import { describe, expect, it } from '@jest/globals';
import { findingCodes } from '@unbroken/custody';
import type { Status } from '@unbroken/custody';
import { playbook } from './playbook.js';
import { hasLegalClock, isOver, stepsNow } from './steps-now.js';

/** What can be done only while a parcel is on its way. */
const NEEDS_A_WAY = /take it back|stop it|hand(ed)? back|holds it|look for it|travel on|keep it closed|do not open/i;

describe('what to do now', () => {
  it.each(findingCodes)(
    '%s, the chain has ended → whole sentences, and nothing that needs a parcel on its way',
    (code) => {
      const steps = stepsNow(code, 'confirmed');
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) {
        expect(step).toMatch(/^[A-Z].*[.?]$/);
        expect(step).not.toMatch(NEEDS_A_WAY);
      }
    },
  );

  it.each<Status>(['in-custody', 'astray', 'disputed'])('the chain is %s → as the playbook says', (status) => {
    expect(isOver(status)).toBe(false);
    for (const code of findingCodes) expect(stepsNow(code, status)).toBe(playbook[code].steps);
  });

  it('opened, and the chain has ended → first the breach to decide on within 72 hours', () => {
    expect(stepsNow('parcel.opened', 'confirmed')[0]).toMatch(/breach to notify within 72 hours/);
  });

  it('the law counts hours → what may have been read by others', () => {
    expect(findingCodes.filter(hasLegalClock).toSorted()).toEqual([
      'misdelivery.wrong-party',
      'parcel.lost',
      'parcel.opened',
      'parcel.stolen',
      'seal.broken',
      'seal.missing',
    ]);
  });
});
