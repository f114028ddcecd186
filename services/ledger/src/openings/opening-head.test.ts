// What checkpoints say of who has seen what.

import { commitmentIn, nextHead, openingsLine, openingsLostLine } from './opening-head.js';
import type { OpeningHead } from './opening-head.js';

const head = (day: string, size: number, byte: number): OpeningHead => ({ day, size, root: Buffer.alloc(32, byte) });
const monday = head('2026-03-02', 7, 1);
const tuesday = head('2026-03-03', 12, 2);

const saidBy = (...extensions: string[]) => commitmentIn({ origin: 'a/custody/0', size: 9, extensions });

it('a line as it is written → read again; among others the newest; what is none → nothing', () => {
  expect(openingsLine(monday)).toBe(`openings 2026-03-02 7 ${Buffer.alloc(32, 1).toString('base64')}`);
  expect(saidBy(openingsLine(monday))).toMatchObject({ head: monday, lost: [] });
  expect(saidBy('succeeds a/custody/0 7 x', openingsLine(tuesday), openingsLine(monday)).head).toEqual(tuesday);
  expect(saidBy('openings 2026-03-02 07 x', `${openingsLine(monday)} more`).head).toBeUndefined();
  expect(saidBy(openingsLostLine(tuesday), openingsLine(monday))).toMatchObject({ head: monday, lost: [tuesday] });
});

describe('the next checkpoint', () => {
  it('nothing was committed to yet → the newest seal, if there is one', () => {
    expect(nextHead(undefined, [])).toBeUndefined();
    expect(nextHead(undefined, [monday, tuesday])).toEqual(tuesday);
  });

  it('the seal before is still there → goes on with the newest', () => {
    expect(nextHead(monday, [monday])).toEqual(monday);
    expect(nextHead(monday, [tuesday, monday])).toEqual(tuesday);
  });

  it('the seal before is gone, or of another root → stays with it, for all to see', () => {
    expect(nextHead(monday, [])).toEqual(monday);
    expect(nextHead(monday, [tuesday])).toEqual(monday);
    expect(nextHead(monday, [head('2026-03-02', 7, 9), tuesday])).toEqual(monday);
  });
});
