import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '@unbroken/contracts';
import { layTimeline } from './lay-timeline.js';

const visa = { id: 'visa-centre', name: 'Visa Centre' };

/** An entry of which only what the drawing goes by is said. */
const entry = (tid: string, evt: string, rest: Partial<TimelineEntry> = {}): TimelineEntry => ({
  tid,
  index: 0,
  evt,
  by: null,
  said: '',
  signedAt: null,
  happenedAt: null,
  recordedAt: '2026-11-21T10:00:00.000Z',
  grade: 'device',
  key: 'good',
  kid: 'k',
  place: 'line',
  track: 0,
  prev: null,
  half: null,
  facts: [],
  seals: {},
  findings: [],
  ...rest,
});
const half = (answer: 'open' | 'accepted' | 'refused') => ({
  to: visa,
  mode: 'meet' as const,
  answer,
  answeredBy: null,
});

const drawn = (entries: TimelineEntry[], missing: { tid: string; neededBy: string }[] = []) =>
  layTimeline({ entries, missing }).map(({ mark, rails, opens }) => {
    const rail = rails.map(({ track, part, dashed }) => `${track}:${part}${dashed ? '~' : ''}`).join(' ');
    return [mark, rail, ...opens.map((track) => `opens ${track}`)].join(' | ');
  });

describe('the drawing of a chain', () => {
  it('released and accepted → two halves under each other on one rail', () => {
    const release = entry('b', 'released', { half: half('accepted') });
    expect(drawn([entry('a', 'registered'), release, entry('c', 'accepted')])).toEqual([
      'begins | 0:lower',
      'gives | 0:whole',
      'takes | 0:upper',
    ]);
  });

  it('released and not answered → the other half is waited for', () => {
    expect(drawn([entry('a', 'released', { half: half('open') })])).toEqual(['gives | 0:lower', 'awaited | 0:upper']);
  });

  it('refused → given in vain; accepted by another party → a half that does not meet', () => {
    const wrong = { code: 'misdelivery.wrong-party', severity: 'critical', sentence: '' } as const;
    expect(
      drawn([entry('a', 'released', { half: half('refused') }), entry('b', 'accepted', { findings: [wrong] })]),
    ).toEqual(['gives-in-vain | 0:lower', 'takes-astray | 0:upper']);
  });

  it('a fork → the rival track parts at the fork and runs past the first', () => {
    const lines = [
      entry('a', 'released', { half: half('accepted') }),
      entry('b', 'accepted', { prev: 'a' }),
      entry('c', 'confirmed', { prev: 'b' }),
      entry('d', 'accepted', { prev: 'a', track: 1 }),
    ];
    expect(drawn(lines)).toEqual([
      'gives | 0:lower | opens 1',
      'takes | 0:whole 1:whole',
      'confirms | 0:upper 1:whole',
      'takes | 1:upper',
    ]);
  });

  it('a missing statement → stands before what needs it, on a dashed rail', () => {
    const waits = entry('c', 'accepted', { prev: 'b', place: 'gap' });
    expect(drawn([entry('a', 'registered'), waits], [{ tid: 'b', neededBy: 'c' }])).toEqual([
      'begins | 0:lower',
      'missing | 0:whole~',
      'takes | 0:upper~',
    ]);
  });

  it('remarks and what has no effect → beside the line, which runs on', () => {
    const lines = [
      entry('a', 'registered'),
      entry('r', 'approved', { place: 'remark' }),
      entry('w', 'released', { place: 'wrong-hands' }),
      entry('b', 'sealed'),
    ];
    expect(drawn(lines)).toEqual(['begins | 0:lower', 'remark | 0:whole', 'no-effect | 0:whole', 'seals | 0:upper']);
  });
});
