import { describe, expect, it } from '@jest/globals';
import { exposureOf } from '@unbroken/custody';
import { Scenario } from '@unbroken/custody/scenario';
import { plainText } from './document.js';
import { copiedSentence, exposureDocument } from './exposure-document.js';

const NOW = 1_450_090_000;
const names: Readonly<Record<string, string>> = { post: 'Danish Post', visa: 'Visa Centre' };
const name = (party: string | null | undefined) => names[party ?? ''] ?? party ?? 'nobody';

function story(how: string, tell: (s: Scenario) => void): ReturnType<typeof exposureOf> {
  const s = new Scenario();
  s.registered({ class: 'sensitive', enc: { how } });
  s.handOff('sender', 'post');
  tell(s);
  return exposureOf(s.state(), NOW);
}

const astray = (s: Scenario): void => {
  s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
  s.tell('accepted', 'visa', { cond: 'ok' });
};

describe('the exposure report in words', () => {
  it('in wrong hands → since when, in whose, how long, what may have been copied, and that copies cannot be excluded', () => {
    const text = plainText(exposureDocument(story('none', astray), name));
    expect(text).toContain(
      '! In the hands of a party that was not to have it: at the earliest from 2015-12-13 09:50:40 UTC',
    );
    expect(text).toContain(
      'with Danish Post, who was to have it, until 2015-12-13 09:51:40 UTC, then in the hands of Visa Centre.',
    );
    expect(text).toMatch(/Before, as was right, with: Danish Post, .*\nIn the hands of: Visa Centre, .* to now/);
    expect(text).toContain('In order again: not yet');
    expect(text).toContain('Responsible then: Danish Post');
    expect(text).toContain('Length: so far 1 d');
    expect(text).toContain('That a copy was made cannot be excluded.');
    expect(text).toContain('? Whether it was opened where no statement says so.');
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  it('encrypted → what could be copied is encrypted, and whether the key was let go', () => {
    expect(copiedSentence(story('veracrypt', astray))).toMatch(/encrypted \(veracrypt\).*Nobody has said that the key/);
    const withKey = story('age', (s) => {
      astray(s);
      s.tell('key-released', 'sender', { wraps: 'A'.repeat(43) });
    });
    expect(copiedSentence(withKey)).toMatch(/Its sender let the key go at 2015-12-13/);
  });

  it('nothing wrong → says that nothing was signed that shows it, and no more than that', () => {
    const text = plainText(
      exposureDocument(
        story('none', () => undefined),
        name,
      ),
    );
    expect(text).toContain('Nothing that was signed shows that anybody had it who was not to');
    expect(text).toContain('? That nobody had it in between: only what was signed is known.');
    expect(text).toContain('? Whether a copy was made, and by whom. No chain can show that none was.');
  });
});
