// Which seals are said to be lost, and what the next checkpoint says then.

import { lostHeads, nextLines } from './lost-heads.js';
import { openingsLine, openingsLostLine } from './opening-head.js';
import type { Commitment, OpeningHead } from './opening-head.js';
import { openingsLostText, readOpeningsLost } from './openings-lost.js';
import type { OpeningsLost } from './openings-lost.js';

const origin = 'a/custody/0';
const head = (day: string, size: number, byte: number): OpeningHead => ({ day, size, root: Buffer.alloc(32, byte) });
const monday = head('2026-03-02', 7, 1);
const tuesday = head('2026-03-03', 12, 2);
/** Sealed after the loss of `tuesday`, under the same day. */
const anew = head('2026-03-03', 3, 3);
const later = head('2026-03-04', 5, 4);

const signed = (size: number, of?: OpeningHead, lost: OpeningHead[] = []): Commitment => ({
  ...{ origin, size, lost },
  head: of,
});
const note = (of: OpeningHead): OpeningsLost => ({
  ...{ origin, head: of, signed: 20, at: '2026-03-04T08:00:00.000Z' },
  left: { rows: 4, day: null },
});

it('a note as it is written → read again; anything else → none', () => {
  const left = { rows: 4, day: '2026-03-01' };
  for (const said of [note(tuesday), { ...note(monday), left }])
    expect(readOpeningsLost(openingsLostText(said))).toEqual(said);
  expect(openingsLostText({ ...note(tuesday), left })).toBe(
    `a/custody/0/openings-lost\nopenings 2026-03-03 12 ${Buffer.alloc(32, 2).toString('base64')}\nleft 4 2026-03-01\n` +
      'signed 20\nat 2026-03-04T08:00:00.000Z\n',
  );
  expect(readOpeningsLost(`${openingsLostText(note(tuesday))}more\n`)).toBeUndefined();
});

describe('the next checkpoint', () => {
  it('the seal is lost and said to be → that, and no seal until there is one; then both, for ever', () => {
    expect(nextLines([signed(20, tuesday)], [note(tuesday)], [])).toEqual([openingsLostLine(tuesday)]);
    const both = (of: OpeningHead) => [openingsLine(of), openingsLostLine(tuesday)];
    expect(nextLines([signed(20, tuesday)], [note(tuesday)], [anew])).toEqual(both(anew));
    expect(nextLines([signed(21, undefined, [tuesday])], [note(tuesday)], [anew])).toEqual(both(anew));
    expect(nextLines([signed(22, anew, [tuesday])], [], [anew, later])).toEqual(both(later));
  });

  it('an older checkpoint beside it, of the same tree → lost with it', () => {
    expect(nextLines([signed(18, monday), signed(20, tuesday)], [note(tuesday)], [anew])).toEqual([
      openingsLine(anew),
      openingsLostLine(tuesday),
    ]);
  });

  it('what was sealed after the loss is gone too, and nobody has said so → stays with it, for all to see', () => {
    expect(nextLines([signed(22, anew, [tuesday])], [note(tuesday)], [later])).toEqual([
      openingsLine(anew),
      openingsLostLine(tuesday),
    ]);
  });

  it('no note, or one of another seal → stays with the one that was signed', () => {
    for (const notes of [[], [note(monday)], [note(later)]])
      expect(nextLines([signed(20, tuesday)], notes, [anew])).toEqual([openingsLine(tuesday)]);
  });
});

it('a checkpoint that was signed after the note is silent about it → it says nothing any more', () => {
  expect(lostHeads([signed(20, tuesday)], [note(tuesday)])).toEqual([tuesday]);
  expect(lostHeads([signed(20, tuesday), signed(21, tuesday)], [note(tuesday)])).toEqual([]);
});
