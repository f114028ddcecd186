// What "." exports must run in a browser: nothing of Node may slip into it.
import { readdirSync, readFileSync } from 'node:fs';

const sources = readdirSync(new URL('./', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('node/'))
  .map((name) => new URL(name, import.meta.url));

it('portable sources → use nothing that only Node has', () => {
  expect(sources.length).toBeGreaterThan(25);
  const ofNode = sources.filter((file) =>
    /from 'node:|\bBuffer\b|\bprocess\.|\.\/node\//.test(readFileSync(file, 'utf8')),
  );
  expect(ofNode.map(({ pathname }) => pathname)).toEqual([]);
});
