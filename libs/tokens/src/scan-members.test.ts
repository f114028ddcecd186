import fc from 'fast-check';
import { scanMembers } from './scan-members.js';

type Json = { text: string; twice: boolean };

/** Few names, so that they often meet; written with and without escapes. */
const names = ['iss', '', '__proto__', 'a"', 'b\\', 'c\\"', '{', ':,', '}]', '📦', 'é', '/~'];
const escaped = (name: string): string =>
  `"${[...Array(name.length).keys()].map((i) => `\\u${name.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
const spelledName = fc
  .tuple(fc.constantFrom(...names), fc.boolean())
  .map(([name, asEscapes]) => ({ name, text: asEscapes ? escaped(name) : JSON.stringify(name) }));
const space = fc.constantFrom('', ' ', '\n\t');

/** JSON text together with whether an object in it has a name twice, which the generator knows from how it made it. */
const { json } = fc.letrec<{ json: Json; object: Json; array: Json; scalar: Json }>((tie) => ({
  json: fc.oneof({ maxDepth: 5 }, tie('scalar'), tie('object'), tie('array')),
  scalar: fc
    .oneof(
      spelledName.map(({ text }) => text),
      fc.constantFrom('0', '-1.5e3', 'true', 'null', '"{\\"iss\\":1,\\"iss\\":2}"'),
    )
    .map((text) => ({ text, twice: false })),
  array: fc.tuple(fc.array(tie('json'), { maxLength: 4 }), space).map(([items, blank]) => ({
    text: `[${items.map(({ text }) => text).join(`${blank},`)}${blank}]`,
    twice: items.some(({ twice }) => twice),
  })),
  object: fc.tuple(fc.array(fc.tuple(spelledName, tie('json')), { maxLength: 4 }), space).map(([members, blank]) => ({
    text: `{${blank}${members.map(([name, { text }]) => `${name.text}${blank}:${blank}${text}`).join(`,${blank}`)}${blank}}`,
    twice: new Set(members.map(([{ name }]) => name)).size < members.length || members.some(([, { twice }]) => twice),
  })),
}));

describe('scanMembers', () => {
  it('any JSON → a fault exactly where an object names a member twice', () => {
    let seen = 0;
    fc.assert(
      fc.property(json, ({ text, twice }) => {
        JSON.parse(text);
        seen += twice ? 1 : 0;
        expect(scanMembers(text)?.fault).toBe(twice ? 'duplicate-member' : undefined);
      }),
      { numRuns: 5000 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it.each([
    ['{"iss":1,"\\u0069ss":2}', '/iss'],
    ['{"a":{"b":[0,{"c/d":1,"c~":2,"c/d":3}]}}', '/a/b/1/c~1d'],
    ['{"":{"":1,"":2}}', '//'],
    ['{"\\u0000":1,"\\u0000":2}', '/\uFFFD'],
  ])('%s → its pointer is %s', (text, pointer) => {
    expect(scanMembers(text)).toEqual({ fault: 'duplicate-member', pointer });
  });

  it.each([
    ['{"a":["x","\\ud83d"]}', '/a/1'],
    ['{"a":"\\udce6\\ud83d"}', '/a'],
    ['{"\\ud83d":1}', '/\uFFFD'],
  ])('%s → half a surrogate pair at %s', (text, pointer) => {
    expect(scanMembers(text)).toEqual({ fault: 'lone-surrogate', pointer });
  });

  it.each(['{"a":"\\ud83d\\udce6"}', '{"a":"\\\\ud83d"}', '{"📦":"é"}'])('%s → no fault', (text) => {
    expect(scanMembers(text)).toBeNull();
  });

  it('as deep and as full of quotes as a token can be → read without a crash and in no time', () => {
    const deep = '[{"a":'.repeat(100_000) + '0' + '}]'.repeat(100_000);
    const quotes = `{"a":"${'\\"'.repeat(300_000)}","b":"${'\\\\'.repeat(300_000)}"}`;
    const started = performance.now();
    expect(scanMembers(deep)).toBeNull();
    expect(scanMembers(quotes)).toBeNull();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
