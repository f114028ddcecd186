// A header that is known by its bytes is the one those bytes spell, and memory has an end.
import { describe, expect, it } from '@jest/globals';
import type { Header } from './envelope.js';
import { HeaderMemory } from './header-memory.js';
import type { KeyId } from './ids.js';

const header = (kid: string): Header => ({ alg: 'ES256', typ: 'custody+jwt', kid: kid as KeyId });

describe('headers that were read', () => {
  it('the same bytes → the same header; any others → none', () => {
    const memory = new HeaderMemory();
    memory.remember('abc', header('a'));
    memory.remember('abd', header('b'));
    expect([memory.known('abc')?.kid, memory.known('abd')?.kid]).toEqual(['a', 'b']);
    expect(['ab', 'abcd', 'ABC', ''].map((part) => memory.known(part))).toEqual(Array(4).fill(undefined));
  });

  it('more keys than it holds → begins anew with the last', () => {
    const memory = new HeaderMemory();
    for (let no = 0; no <= 10_000; no += 1) memory.remember(String(no), header(String(no)));
    expect([0, 9_999, 10_000].map((no) => memory.known(String(no))?.kid)).toEqual([undefined, undefined, '10000']);
  });

  it('a header of any length → not kept', () => {
    const memory = new HeaderMemory();
    memory.remember('a'.repeat(256), header('a'));
    memory.remember('a'.repeat(257), header('a'));
    expect([256, 257].map((length) => memory.known('a'.repeat(length))?.kid)).toEqual(['a', undefined]);
  });
});
