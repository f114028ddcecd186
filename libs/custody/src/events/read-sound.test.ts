// What is read without zod's help is read as zod reads it, to the order of the members.

import fc from 'fast-check';
import { readCheckedToken } from '@unbroken/tokens/node';
import { z } from 'zod';
import { eventVectors } from '../vectors/event-vectors.js';
import { catalogue } from './catalogue.js';
import { soundReader } from './read-sound.js';

type Claims = Readonly<Record<string, unknown>>;

const claimsOf = (token: string): Claims => readCheckedToken(token).claims;

/** As text, in which the order of the members shows. */
function byZod(schema: z.ZodType, claims: Claims): string | undefined {
  const { success, data } = schema.safeParse(claims);
  return success ? JSON.stringify(data) : undefined;
}

const bySight = (schema: z.ZodType, claims: Claims): string | undefined => {
  const sound = soundReader(schema)(claims);
  return sound && JSON.stringify(sound);
};

const schemaOf = (evt: unknown): z.ZodType => catalogue.get(String(evt))?.claims ?? z.never();

describe('reading sound claims', () => {
  it('every vector, good or bad → as zod reads it', async () => {
    for (const { token } of await eventVectors()) {
      const claims = claimsOf(token);
      const schema = schemaOf(claims['evt']);
      expect(bySight(schema, claims)).toBe(byZod(schema, claims));
      const turned = Object.fromEntries(Object.entries(claims).reverse());
      expect(bySight(schema, turned)).toBe(byZod(schema, claims));
    }
  });

  it('any member changed, left out, added or made undefined → as zod reads it, or left to zod', async () => {
    const good = (await eventVectors()).flatMap(({ token, expect }) => ('evt' in expect ? [claimsOf(token)] : []));
    const names = [...new Set(good.flatMap((claims) => Object.keys(claims)))];
    const name = fc.constantFrom(...names, 'when', 'src', 'by', 'at', 'off', 'media', 'note', '__proto__', 'extra');
    const number = fc.constantFrom(0, -0, 1, -1, 0.5, 100, NaN, Infinity, 253402300799, 253402300800, 2 ** 53);
    const text = fc.constantFrom('', 'a', 'post', 'post/depot', 'ok', 'A'.repeat(43), `${'A'.repeat(43)}\n`);
    const value = fc.oneof(
      number,
      text,
      fc.jsonValue(),
      fc.constantFrom(undefined, true, new Date(0), new String('post')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.array(fc.tuple(name, value), { maxLength: 3 }), (claims, changes) => {
        const changed = Object.fromEntries([...Object.entries(claims), ...changes]);
        const schema = schemaOf(claims['evt']);
        const sound = bySight(schema, changed);
        const isJson = Object.values(changed).every((member) => member !== undefined);
        if (sound !== undefined || isJson) expect(sound).toBe(byZod(schema, changed));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['of members that are looked at together', z.strictObject({ a: z.string().regex(/a/) }).refine(() => false)],
    ['that keeps what it does not know', z.looseObject({ a: z.string().regex(/a/) })],
    ['that drops what it does not know', z.object({ a: z.string().regex(/a/) })],
  ])('a schema %s → left to zod', (_of, schema) => {
    expect(soundReader(schema)({ a: 'a' })).toBeUndefined();
  });

  it.each([
    ['a text of two patterns', z.string().regex(/a/).regex(/b/)],
    ['a text of a length', z.string().max(1)],
    ['a text that is trimmed', z.string().trim().regex(/a/)],
    ['a text of a known form', z.email()],
    ['a pattern that remembers', z.string().regex(/ab/g)],
    ['a number that is none', z.number()],
    ['a number of steps', z.int().multipleOf(2)],
    ['a number below', z.int().lt(2)],
    ['a word that is refined', z.enum(['ab', 'a']).refine((word) => word === 'a')],
    ['a value that is refined', z.literal(['ab', 2]).refine((word) => word === 2)],
    ['yes or no, refined', z.boolean().refine((yes) => yes)],
    ['what is turned into something else', z.string().transform((text) => text.length)],
    ['what is there by default', z.string().regex(/a/).default('a')],
    ['nothing', z.string().regex(/a/).nullable()],
    ['a number from a text', z.coerce.number()],
  ])('%s → as zod reads it', (_form, form) => {
    const schema = z.strictObject({ form });
    const reader = soundReader(schema);
    for (const value of ['ab', 'a', ' a', 'ab', 'a@b.eu', '2', 1, 2, 1.5, true, false, null]) {
      const sound = reader({ form: value });
      expect(sound && JSON.stringify(sound)).toBe(byZod(schema, { form: value }));
    }
    expect(reader({})).toBeUndefined();
  });
});
