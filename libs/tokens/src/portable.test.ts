// What "." exports must run in a browser: nothing of Node may slip into it.
import { readdirSync, readFileSync } from 'node:fs';

const sources = ['.', './vectors']
  .map((folder) => new URL(`${folder}/`, import.meta.url))
  .flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
  .filter(({ pathname }) => pathname.endsWith('.ts') && !pathname.endsWith('.test.ts'));

it('portable sources → use nothing that only Node has', () => {
  expect(sources.length).toBeGreaterThan(20);
  const ofNode = sources.filter((file) =>
    /from 'node:|\bBuffer\b|\bprocess\.|\.\/node\//.test(readFileSync(file, 'utf8')),
  );
  expect(ofNode.map(({ pathname }) => pathname)).toEqual([]);
});
