// The command as an auditor runs it: evidence fetched from a running hub and checked without it.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EvidenceBundle } from '@unbroken/evidence';

const COMMAND = join(import.meta.dirname, '../../libs/sdk/bin/unbroken.js');
/** Nothing listens there: whoever checks asks nobody. */
const NOBODY = 'http://127.0.0.1:9';

const run = promisify(execFile);

export interface Held {
  readonly exit: number;
  readonly failed: readonly string[];
}

interface Verdict {
  readonly checks: readonly { readonly name: string; readonly result: string }[];
}

/** What `unbroken verify` says of the parcel's evidence, as it is and with its newest statement taken out. */
export async function evidenceHeld(hub: string, sub: string): Promise<{ whole: Held; cut: Held }> {
  const dir = await mkdtemp(join(tmpdir(), 'unbroken-evidence-'));
  const [bundle, cut, policy] = ['bundle.json', 'cut.json', 'trust.json'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  const { stdout } = await run(process.execPath, [COMMAND, '--hub', hub, 'trust']);
  await writeFile(policy, stdout);
  await run(process.execPath, [COMMAND, '--hub', hub, 'evidence', sub, '--out', bundle]);
  const shown = JSON.parse(await readFile(bundle, 'utf8')) as EvidenceBundle;
  await writeFile(cut, JSON.stringify({ ...shown, tokens: shown.tokens.slice(0, -1) }));
  return { whole: await verified(bundle, policy), cut: await verified(cut, policy) };
}

async function verified(file: string, policy: string): Promise<Held> {
  const args = [COMMAND, '--hub', NOBODY, '--json', 'verify', file, '--policy', policy];
  const { exit, stdout } = await run(process.execPath, args).then(
    ({ stdout }) => ({ exit: 0, stdout }),
    (error: unknown) => ({ exit: (error as { code: number }).code, stdout: (error as { stdout: string }).stdout }),
  );
  const { checks } = JSON.parse(stdout) as Verdict;
  return { exit, failed: checks.filter(({ result }) => result === 'fails').map(({ name }) => name) };
}
