// Writes the schemas and vectors of docs/protocol, and the pages of all findings and of bad input, from the code:
// `npm run protocol`.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allCases, tellAll, tokensPage } from '@unbroken/custody/bad-input';
import { publishedProtocol } from '@unbroken/custody/vectors';
import { manifestVectors } from '@unbroken/manifests/vectors';
import { findingsPage } from '@unbroken/words/findings';
import { requestsChapter } from './bad-requests.js';

const here = import.meta.dirname;

for (const folder of ['schemas', 'vectors']) rmSync(join(here, folder), { recursive: true, force: true });
const files = new Map(await publishedProtocol());
files.set('vectors/manifests.json', `${JSON.stringify(await manifestVectors(), null, 2)}\n`);
files.set('bad-input.md', `${await tokensPage(tellAll(await allCases()))}${requestsChapter()}`);
for (const [path, content] of files) {
  mkdirSync(dirname(join(here, path)), { recursive: true });
  writeFileSync(join(here, path), content);
}
writeFileSync(join(here, '../findings.md'), findingsPage());
console.log(`${files.size} files written below docs/protocol, and docs/findings.md`);
