// Each mistake in a body has its place and is said in words.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { formProblem } from './form-problem.js';

const order = z.strictObject({
  by: z.string().regex(/^[a-z]+$/, 'is not a party id'),
  pieces: z.number(),
  route: z.array(z.strictObject({ to: z.string() })).optional(),
});

const mistakes = (body: unknown): unknown => formProblem(order.safeParse(body).error?.issues ?? []).toJSON();

describe('a body of the wrong form', () => {
  it.each([
    [{ pieces: 1 }, '/by', 'by is missing'],
    [{ by: 'A', pieces: 1 }, '/by', 'by is not a party id'],
    [{ by: 'a', pieces: '1' }, '/pieces', 'pieces must be a number'],
    [{ by: 'a', pieces: 1, route: 'x' }, '/route', 'route must be an array'],
    [{ by: 'a', pieces: 1, route: [{ to: 'b', via: 1 }] }, '/route/0/via', '"via" is not a member here'],
    ['text', '', 'The body must be an object'],
    [undefined, '', 'The body is missing'],
  ])('%j → %s: %s', (body, pointer, detail) => {
    expect(mistakes(body)).toMatchObject({ code: 'body.form', pointer, detail, errors: [{ pointer, detail }] });
  });

  it('several mistakes → each of them', () => {
    expect(mistakes({ colour: 'red', size: 1 })).toMatchObject({
      errors: [{ pointer: '/by' }, { pointer: '/pieces' }, { pointer: '/colour' }, { pointer: '/size' }],
    });
  });
});
