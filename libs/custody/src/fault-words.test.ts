// A schema's refusals in words that its library would not find.

import { z } from 'zod';
import { faultsIn } from './fault-words.js';

const faults = (schema: z.ZodType, value: unknown): string[] =>
  faultsIn(schema.safeParse(value).error?.issues ?? []).map(({ path, what }) => `/${path.join('/')} ${what}`);

const way = z.union([
  z.strictObject({ email: z.email() }),
  z.strictObject({ phone: z.string().min(3), spare: z.int() }),
]);

describe('a fault in words', () => {
  it.each([
    [z.strictObject({ a: z.int() }), {}, ['/a is missing']],
    [z.strictObject({ a: z.int() }), { a: 1.5 }, ['/a must be a whole number']],
    [z.strictObject({ a: z.boolean() }), { a: 'true' }, ['/a must be true or false']],
    [z.strictObject({}), { b: 1, c: 2 }, ['/b is not a member here', '/c is not a member here']],
    [z.strictObject({ a: z.enum(['x', 'y']) }), { a: 'z' }, ['/a must be one of x, y']],
    [z.strictObject({ a: z.literal('x') }), { a: 'z' }, ['/a must be x']],
    [z.array(z.uuid()).min(1), [], ['/ is empty']],
    [z.array(z.uuid()).max(1), ['x'], ['/0 is not an id as it was given out here']],
    [z.array(z.int()).max(1), [1, 2], ['/ is longer than 1 entries']],
    [z.string().max(2), 'abc', ['/ is longer than 2 characters']],
    [z.string().min(2), 'a', ['/ is shorter than 2 characters']],
    [z.int().min(1), 0, ['/ is less than 1']],
    [z.number().max(3), 4, ['/ is more than 3']],
    [z.iso.datetime(), 'noon', ['/ is not a time, such as 2026-12-24T09:00:00Z']],
    [z.iso.date(), 'noon', ['/ is not a date, such as 2026-12-24']],
    [z.string().regex(/^[a-z]+$/), 'A', ['/ is not of its form']],
    [z.string().regex(/^[a-z]+$/, 'is not in small letters'), 'A', ['/ is not in small letters']],
    [z.string().refine(() => false), 'A', ['/ is not of its form']],
    [z.record(z.string().regex(/^a$/), z.int()), { b: 1 }, ['/b is no name for a member here']],
    [way, { email: 'nobody' }, ['/email is not an e-mail address']],
    [way, { phone: '', spare: 1 }, ['/phone is shorter than 3 characters']],
    [
      z.discriminatedUnion('act', [
        z.strictObject({ act: z.literal('join') }),
        z.strictObject({ act: z.literal('note') }),
      ]),
      { act: 'sing' },
      ['/act must be one of join, note'],
    ],
  ])('%# %j → %j', (schema, value, expected) => {
    expect(faults(schema, value)).toEqual(expected);
  });
});
