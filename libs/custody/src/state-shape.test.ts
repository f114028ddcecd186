// One shape for every line and one for every summary: a member that is forgotten, or two that are mixed up, would be a wrong
// state.

import { copyOf, emptySummary, summary, summaryOf, unopened } from './state-shape.js';
import type { ChainSummary, Line } from './chain-state.js';
import { advance, foldAll, foldSummary } from './evolve.js';
import { told } from './scenario/stories.js';
import { step } from './step.js';

/** Every member with a value of its own. */
const marked = <T extends object>(of: T) => Object.fromEntries(Object.keys(of).map((name) => [name, `a ${name}`])) as T;

const travelled = told((s) => {
  s.tell('released', 'sender', { to: 'post', mode: 'meet' });
  s.tell('accepted', 'post', { cond: 'ok' });
});

describe('the shape of a chain', () => {
  it('a copy → every member as it was', () => {
    const line: Line = marked(unopened);
    expect(copyOf(line)).toStrictEqual(line);
    const chain: ChainSummary = marked(emptySummary(travelled.state().sub));
    expect(summaryOf(chain)).toStrictEqual(chain);
    expect(summary(chain, chain)).toStrictEqual(chain);
  });

  it('empty, folded whole, followed, or read from text → the same members in the same order', () => {
    const members = Object.keys(emptySummary(travelled.state().sub));
    const { tokens } = travelled;
    const { sub } = travelled.state();
    const [first, second] = tokens;
    if (first === undefined || second === undefined) throw new Error('two tokens are told');
    const opened = foldSummary(sub, [first]);
    expect(Object.keys(opened)).toEqual(members);
    expect(Object.keys(advance(opened, second))).toEqual(members);
    const state = foldAll(sub, tokens);
    expect(Object.keys(state)).toEqual([...members, 'history']);
    expect(Object.keys(summaryOf(state))).toEqual(members);
    expect(summaryOf(state)).toStrictEqual(foldSummary(sub, tokens));
    const { history, ...rest } = state;
    const read = JSON.parse(JSON.stringify({ history, ...rest })) as ChainSummary;
    expect(Object.keys(summaryOf(read))).toEqual(members);
  });

  it('a token is put on a line, or follows a chain → what it was before is as it was', () => {
    const { tokens } = travelled;
    const { sub } = travelled.state();
    const [first, second] = tokens;
    if (first === undefined || second === undefined) throw new Error('two tokens are told');
    const opened = Object.freeze(foldSummary(sub, [first]));
    const line = Object.freeze(copyOf(opened));
    expect(step(line, second).tip).toBe(second.tid);
    expect(advance(opened, second).tip).toBe(second.tid);
    expect(opened.tip).toBe(first.tid);
  });
});
