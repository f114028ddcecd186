// Runs the verification thread from TypeScript, where nothing is built: under Jest. A thread starts outside Jest's own
// loading of modules. Every ledger of the tests starts two of them, so the first of a run bundles what they load into
// the run's temporary folder: a hundred files one by one cost each start half a second of processor. A build does not
// contain this file.

import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const bundle = join(tmpdir(), 'verification-thread.mjs');

if (!existsSync(bundle)) {
  const { rolldown } = await import('rolldown');
  const entry = await rolldown({
    input: fileURLToPath(new URL('../verification-thread.ts', import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: ['@unbroken/source', 'node', 'import'], extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  // Threads of several ledgers may be first at once: each renames a whole file over the others'.
  const made = join(mkdtempSync(`${bundle}-`), 'made.mjs');
  await entry.write({ file: made, codeSplitting: false });
  await entry.close();
  renameSync(made, bundle);
}
await import(pathToFileURL(bundle).href);
