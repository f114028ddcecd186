import { z } from 'zod';
import { dueAt } from './deadline.js';
import { defaultPolicy, defaultPolicyHash, defaultPolicyText } from './default-policy.js';
import { acceptsEncryption, allowsWay, policyDocument, wants } from './policy.js';
import { PolicyRefused, readPolicy } from './read-policy.js';

const written = (change: object): string => JSON.stringify({ ...defaultPolicy, ...change });
const refusal = (text: string): unknown => {
  try {
    return readPolicy(text);
  } catch (error) {
    return error instanceof PolicyRefused ? { code: error.code, pointer: error.pointer } : error;
  }
};

describe('reading a policy document', () => {
  it('the default one as published → itself, under its name', () => {
    expect(readPolicy(defaultPolicyText)).toEqual({ policy: defaultPolicy, hash: defaultPolicyHash });
  });

  it('the default one → its name is a published promise', () => {
    expect(defaultPolicyHash).toBe('5GMfQlH5CQacz__YCBFbOienbihzo38ysPJDVDK9IRc');
  });

  it('the same rules with other white space → another name, for the bytes are named', () => {
    expect(readPolicy(`${defaultPolicyText} `).policy).toEqual(defaultPolicy);
    expect(readPolicy(`${defaultPolicyText} `).hash).not.toBe(defaultPolicyHash);
  });

  it('without a rule about positions → good', () => {
    expect(readPolicy(written({ position: undefined })).policy.position).toBeUndefined();
  });

  it.each([
    ['not JSON', '{', { code: 'policy.json', pointer: undefined }],
    [
      'a member named twice',
      '{"format":"custody-policy/1","format":"custody-policy/1"}',
      { code: 'policy.json', pointer: '/format' },
    ],
    ['a byte order mark', `\uFEFF${defaultPolicyText}`, { code: 'policy.json', pointer: undefined }],
    ['too large', `${' '.repeat(65_536)}${defaultPolicyText}`, { code: 'policy.too-large', pointer: undefined }],
    ['not an object', '[]', { code: 'policy.form', pointer: '' }],
    ['another format', written({ format: 'custody-policy/2' }), { code: 'policy.form', pointer: '/format' }],
    ['a rule nobody knows', written({ aproval: { from: 'public' } }), { code: 'policy.form', pointer: '/aproval' }],
    ['a missing rule', written({ approval: undefined }), { code: 'policy.form', pointer: '/approval' }],
    ['an unknown class', written({ basis: { from: 'secret' } }), { code: 'policy.form', pointer: '/basis/from' }],
    [
      'no encryption taken for encryption',
      written({ encryption: { from: 'sensitive', accepted: ['none'] } }),
      { code: 'policy.form', pointer: '/encryption/accepted/0' },
    ],
    ['no working hours', written({ hours: { tz: 'UTC', week: {} } }), { code: 'policy.form', pointer: '/hours/week' }],
    [
      'deputies of nobody',
      written({ approval: { from: 'sensitive', deputies: ['deputy-01'] } }),
      { code: 'policy.form', pointer: '/approval/deputies' },
    ],
    [
      'a person who may approve, by name and not by reference',
      written({ approval: { from: 'sensitive', by: ['Ann Lee'] } }),
      { code: 'policy.form', pointer: '/approval/by/0' },
    ],
    [
      'a deadline of no length',
      written({ deadlines: { ...defaultPolicy.deadlines, meet: { seconds: 0, counted: 'always' } } }),
      { code: 'policy.form', pointer: '/deadlines/meet/seconds' },
    ],
  ])('%s → refused with code and pointer', (_, text, expected) => expect(refusal(text)).toEqual(expected));

  it('as JSON Schema → published for other programs', () => {
    expect(z.toJSONSchema(policyDocument)).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

describe('a rule', () => {
  it('binds from its class up', () => {
    const binding = (['public', 'internal', 'personal', 'sensitive'] as const).filter((of) =>
      wants({ from: 'personal' }, of),
    );
    expect(binding).toEqual(['personal', 'sensitive']);
  });

  it('from public → binds all; never or absent → binds none', () => {
    expect(wants({ from: 'public' }, 'public')).toBe(true);
    expect(wants({ from: 'never' }, 'sensitive')).toBe(false);
    expect(wants(undefined, 'sensitive')).toBe(false);
  });
});

describe('the default policy', () => {
  it('encryption and approval of what is sensitive, a legal basis of what is personal, never a position', () => {
    const { encryption, approval, basis, position } = defaultPolicy;
    expect([encryption, approval, basis, position].map((rule) => wants(rule, 'sensitive'))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([encryption, approval, basis, position].map((rule) => wants(rule, 'personal'))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it.each(['age', 'luks', 'veracrypt', 'zip-aes'])('%s → taken for encryption', (how) => {
    expect(acceptsEncryption(defaultPolicy, how)).toBe(true);
  });

  it.each(['none', 'other'])('%s → not taken for encryption', (how) => {
    expect(acceptsEncryption(defaultPolicy, how)).toBe(false);
  });

  it.each([
    ['physical', 'meet', 'sensitive', true],
    ['physical', 'collect', 'sensitive', true],
    ['physical', 'drop', 'public', true],
    ['physical', 'drop', 'internal', true],
    ['physical', 'drop', 'personal', false],
    ['digital', 'meet', 'sensitive', true],
    ['digital', 'collect', 'sensitive', true],
    ['digital', 'drop', 'sensitive', true],
  ] as const)('%s, %s, %s → allowed: %s', (kind, mode, of, allowed) => {
    expect(allowsWay(defaultPolicy, { kind, mode, class: of })).toBe(allowed);
  });

  it('a kind or mode that no way names → not allowed', () => {
    const policy = { ...defaultPolicy, ways: [] };
    expect(allowsWay(policy, { kind: 'physical', mode: 'meet', class: 'public' })).toBe(false);
  });
});

describe('when time is up', () => {
  const friday = Date.parse('2026-03-06T15:00:00+01:00') / 1000;
  const { meet, drop } = defaultPolicy.deadlines;

  it('counted always → every second', () => expect(dueAt(defaultPolicy, meet, friday)).toBe(friday + 900));

  it("counted in working hours → the policy's where the site has none", () => {
    expect(dueAt(defaultPolicy, drop, friday)).toBe(Date.parse('2026-03-09T15:00:00+01:00') / 1000);
  });

  it("counted in working hours → the site's own where it has", () => {
    const saturday = { tz: 'Europe/Copenhagen', week: { sat: [['00:00', '24:00'] as [string, string]] } };
    expect(dueAt(defaultPolicy, drop, friday, saturday)).toBe(Date.parse('2026-03-07T08:00:00+01:00') / 1000);
  });
});
