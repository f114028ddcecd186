// Pages for people without an account: small, without script, in their language, and nothing they hold becomes markup.

import { sourceOf } from '@unbroken/intake';
import type { ShipmentId } from '@unbroken/tokens';
import { finderForm, finderNotice, finderThanks } from '../found/finder-page.js';
import { html } from './html.js';
import { languageOf, languages } from './language.js';
import { refuseForeign } from './own-form.js';
import { pageText } from './page.js';

const sub = '7K2M9QX4T1B8ZC3V2' as ShipmentId;

describe('a page', () => {
  const pages = languages.flatMap((language) => [
    finderForm(sub, language),
    finderForm(sub, language, 'incomplete'),
    finderThanks('7K2M-9QX4', language),
    finderNotice(language, 'unreadable'),
    finderNotice(language, 'foreign'),
    finderNotice(language, 'tooOften'),
  ]);

  it.each(pages)('$language “$title” → under 15 kB, no script, nothing from elsewhere', (page) => {
    const text = pageText(page);
    expect(Buffer.byteLength(text)).toBeLessThan(15_000);
    expect(text).not.toMatch(/<script|javascript:|\son[a-z]+=|src=|@import|url\(|https?:/i);
    expect(text).toContain(`<html lang="${page.language}">`);
  });

  it('every question has its words in every language, and none is left in another', () => {
    const bodies = languages.map((language) =>
      finderForm(sub, language)
        .body.text.replace(/<[^>]*>/g, '')
        .split('\n'),
    );
    const [english = [], ...others] = bodies;
    for (const other of others) {
      expect(other.length).toBe(english.length);
      const same = other.filter((line, at) => line.trim() !== '' && line === english[at]);
      expect(same).toEqual([]);
    }
  });
});

it('text in a template → never markup', () => {
  expect(html`<p title="${'"><script>'}">${['a', 'b'].map((one) => html`<b>${one}</b>`)}${'&<'}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;"><b>a</b><b>b</b>&amp;&lt;</p>',
  );
});

it.each([
  [undefined, 'da-DK,en;q=0.8', 'da'],
  [undefined, 'de, fr-CH;q=0.5, en;q=0.4', 'fr'],
  [undefined, 'en;q=0.1, da;q=0.9', 'da'],
  [undefined, 'fr;q=0, sv', 'en'],
  [undefined, undefined, 'en'],
  ['fr', 'da', 'fr'],
  ['xx', 'da', 'da'],
])('language asked for %s, accepted %s → %s', (asked, accepted, language) => {
  expect(languageOf(asked, accepted)).toBe(language);
});

describe('a form that is sent', () => {
  const sent = (headers: Record<string, string>) => () => refuseForeign({ headers, host: 'hub.example:8470' });

  it.each([
    ['by no browser', {}],
    ['by a page of this hub', { 'sec-fetch-site': 'same-origin' }],
    ['by the person', { 'sec-fetch-site': 'none' }],
    ['by an older browser from here', { origin: 'https://hub.example:8470' }],
    [
      'through a proxy that names itself as host',
      { 'sec-fetch-site': 'same-origin', origin: 'https://elsewhere.example' },
    ],
  ])('%s → taken', (_by, headers) => expect(sent(headers)).not.toThrow());

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['an older browser from elsewhere', { origin: 'https://hub.example.evil.example' }],
    ['an older browser from another port', { origin: 'https://hub.example' }],
    ['an older browser that does not say from where', { origin: 'null' }],
    ['a browser that says two things', { 'sec-fetch-site': 'cross-site', origin: 'https://hub.example:8470' }],
  ])('for %s → refused', (_whom, headers) =>
    expect(sent(headers)).toThrow(expect.objectContaining({ code: 'form.foreign', status: 403 }) as Error),
  );
});

describe('a source', () => {
  it.each([
    ['203.0.113.7', '::ffff:203.0.113.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
  ])('%s and %s → one', (one, other) => expect(sourceOf(one)).toBe(sourceOf(other)));

  it.each([
    ['203.0.113.7', '203.0.113.8'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ])('%s and %s → two, and neither can be read in it', (one, other) => {
    expect(sourceOf(one)).not.toBe(sourceOf(other));
    expect(sourceOf(one)).not.toContain(one);
  });
});
