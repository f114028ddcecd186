// The schemas and vectors in docs/protocol are those of the code, file by file.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishedProtocol } from '@unbroken/custody/vectors';
import { manifestVectors } from '@unbroken/manifests/vectors';

const published = join(import.meta.dirname, '../../docs/protocol');

async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const manifests = `${JSON.stringify(await manifestVectors(), null, 2)}\n`;
  return new Map([...(await publishedProtocol()), ['vectors/manifests.json', manifests]]);
}

describe('docs/protocol', () => {
  it('every schema and vector file is what the code generates (else: npm run protocol)', async () => {
    for (const [path, content] of await generatedFiles()) {
      expect({ path, content: readFileSync(join(published, path), 'utf8') }).toEqual({ path, content });
    }
  });

  it('no file is left over from an event that is gone', async () => {
    const generated = [...(await generatedFiles()).keys()];
    const there = ['schemas', 'vectors'].flatMap((folder) =>
      readdirSync(join(published, folder)).map((name) => `${folder}/${name}`),
    );
    expect(there.toSorted()).toEqual(generated.toSorted());
  });
});
