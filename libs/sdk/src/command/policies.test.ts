// Writing, checking and showing a policy: faults with their places, what is surely not meant, and the rules in words.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultPolicy, defaultPolicyHash, defaultPolicyText, policyDoubts, policyHash } from '@unbroken/custody';
import type { Policy } from '@unbroken/custody';
import { AnsweringHub } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';

let person: AtTerminal;
let hub: AnsweringHub | undefined;

beforeEach(async () => {
  person = await AtTerminal.sitDown();
});

afterEach(async () => {
  await hub?.close();
  hub = undefined;
  await person.leave();
});

const check = async (text: string) => {
  const path = join(person.home, 'policy.json');
  await writeFile(path, text);
  return person.types(['policy', 'check', path]);
};

it('what `policy default` writes → checks well, under its published name, and lacks holidays', async () => {
  expect(await person.types(['policy', 'default'])).toBe(0);
  expect(await check(person.out)).toBe(0);
  expect(person.out).toContain(`Its name will be ${defaultPolicyHash}`);
  expect(person.out).toContain('to let it go 24 working hours from its registration');
  expect(person.out).toContain('! /hours/closed: no date from 2026-03-02 on is closed');
});

it('several faults → every one with its place, and the cure', async () => {
  const { approval, ...rest } = defaultPolicy;
  expect(
    await check(JSON.stringify({ ...rest, basis: { from: 'secret' }, hours: { tz: 'Mars/Olympus', week: {} } })),
  ).toBe(1);
  for (const place of ['/approval:', '/basis/from:', '/hours/tz:', '/hours/week:']) expect(person.err).toContain(place);
  expect(person.err).toContain('unbroken policy default');
});

it('no JSON in it → says so', async () => {
  expect(await check('{')).toBe(1);
  expect(person.err).toContain('not JSON');
});

const closed = (policy: Policy): Policy => ({ ...policy, hours: { ...policy.hours, closed: ['2026-12-25'] } });

it.each<[string, Partial<Policy>, string[]]>([
  ['all well', {}, []],
  ['no way for what is sensitive', { ways: [{ kind: 'physical', modes: ['meet'], upTo: 'personal' }] }, ['/ways']],
  ['nothing accepted for encrypted', { encryption: { from: 'personal', accepted: [] } }, ['/encryption/accepted']],
  [
    'anything accepted for encrypted',
    { encryption: { from: 'personal', accepted: ['age', 'other'] } },
    ['/encryption/accepted'],
  ],
  ['one approver and nobody else', { approval: { from: 'sensitive', by: ['clerk-0001'] } }, ['/approval']],
  ['one approver and a deputy', { approval: { from: 'sensitive', by: ['clerk-0001'], deputies: ['clerk-0002'] } }, []],
])('%s → doubted: %#', (_, change, pointers) => {
  expect(policyDoubts(closed({ ...defaultPolicy, ...change }), '2026-03-02').map(({ pointer }) => pointer)).toEqual(
    pointers,
  );
});

describe('policy show', () => {
  const own = JSON.stringify({
    ...defaultPolicy,
    name: 'Strict',
    approval: { from: 'internal', by: ['clerk-0001', 'chief-0003'] },
  });
  const answers = async (document: string) => {
    hub = new AnsweringHub({
      [`GET /registry/v1/policies/${policyHash(own)}`]: { status: 200, body: JSON.parse(document) as object },
    });
    return person.types(['policy', 'show', policyHash(own)], await hub.listen());
  };

  it('by its hash → the rules in words', async () => {
    expect(await answers(own)).toBe(0);
    expect(person.out).toContain('Strict\n');
    expect(person.out).toContain('from internal up, by clerk-0001, chief-0003');
  });

  it('the hub gives another document → refused', async () => {
    expect(await answers(defaultPolicyText)).toBe(1);
    expect(person.err).toContain('policy.other');
  });

  it('the default one → known without a hub', async () => {
    expect(await person.types(['policy', 'show', defaultPolicyHash])).toBe(0);
    expect(person.out).toContain('Unbroken default');
  });
});
