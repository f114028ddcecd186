import { describe, expect, it } from '@jest/globals';
import { isolated, naming } from './name-of.js';

describe('a name in a sentence', () => {
  it('holds what turns text around → without it, so that the sentence stays as it is', () => {
    const name = naming(() => '\u202EVisa\u2066 Centre\u200F');
    expect(name('visa')).toBe('Visa Centre');
  });

  it('in another script → as it is', () => {
    expect(naming(() => 'דואר ישראל')('post')).toBe('דואר ישראל');
  });

  it('isolated → opens and closes its own direction, and nothing of what it holds closes it sooner', () => {
    const name = isolated(naming(() => 'דואר\u2069 ישראל'));
    expect(name('post')).toBe('\u2068דואר ישראל\u2069');
  });
});
