// The words of an incident's file, apart from it.

import { commitment } from '@unbroken/tokens';
import type { KeyId, PartyId } from '@unbroken/tokens';
import { stateOf } from './incident-state.js';
import type { Act } from './incident-state.js';
import { committed, partedAct, wholeAct } from './incident-texts.js';

const act: Act = {
  no: 2,
  at: new Date('2026-03-02T08:00:00Z'),
  by: 'health-board' as PartyId,
  kid: 'k'.repeat(43) as KeyId,
  person: 'person-0001',
  act: 'phase',
  reason: 'Jane Doe called.',
  detail: { said: { peopleNumber: 'about 12' }, items: { peopleNumber: 'about 12', measures: 'none' } },
};

const kept = (of: Act) => {
  const { text, rest } = partedAct(of);
  return { text, row: { ...of, reason: '', detail: rest }, ...committed(text) };
};

it('an act and its text → the act as it was, and nothing written stays in its row', () => {
  const { row, text, commitment: hash } = kept(act);
  expect(JSON.stringify(row)).not.toMatch(/Jane|about 12/);
  expect(wholeAct(row, { commitment: hash, text })).toEqual(act);
});

it('what the clock is folded from → stays with the act when its words are erased', () => {
  const clock: Act = { ...act, act: 'clock', detail: { aware: 'controller', at: '2026-03-02T07:00:00.000Z' } };
  const { row, commitment: hash } = kept(clock);
  const left = wholeAct(row, { commitment: hash, text: null });
  expect(left).toEqual({ ...clock, reason: '(erased)' });
  expect(stateOf([left]).clock.controllerAware).toBe('2026-03-02T07:00:00.000Z');
});

it('a phase whose words are erased → was fixed, and says nothing', () => {
  const { row, commitment: hash } = kept(act);
  const [phase] = stateOf([wholeAct(row, { commitment: hash, text: null })]).phases;
  expect(phase).toMatchObject({ no: 1, reason: '(erased)', said: {}, items: {} });
});

it('written by a version before → read as it stands', () => {
  expect(wholeAct(act, { commitment: null, text: null })).toEqual(act);
});

it('the text with its salt → what the file commits to; equal words never look alike there', () => {
  const { text, salt, commitment: hash } = kept(act);
  expect(commitment(salt, text)).toBe(hash);
  expect(kept(act).commitment).not.toBe(hash);
});
