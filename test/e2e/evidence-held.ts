// The command as an auditor runs it: evidence fetched from a running hub and checked without it.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EvidenceBundle } from '@unbroken/evidence';
import { parseTlogProof } from '@unbroken/tlog';

const COMMAND = join(import.meta.dirname, '../../libs/sdk/bin/unbroken.js');
const AGENT = join(import.meta.dirname, '../../services/agent/bin/unbroken-agent.js');
/** Nothing listens there: whoever checks asks nobody. */
const NOBODY = 'http://127.0.0.1:9';

const run = promisify(execFile);

export interface Held {
  readonly exit: number;
  readonly failed: readonly string[];
  /** Witnesses have cosigned what it stands on. */
  readonly witnessed: boolean;
}

/** What of `copy/chains/SUB.json` is looked at. */
interface CopiedChain {
  readonly witnessed: boolean;
  readonly chain: { readonly tokens: readonly unknown[] };
}

interface Verdict {
  readonly checks: readonly { readonly name: string; readonly result: string }[];
}

/**
 * Whether the agent's copy has all of so many statements, under checkpoints that are witnessed. To be asked before the
 * commands, which take seconds of the processor that the agents and witnesses need.
 */
export async function isInCopy(home: string, sub: string, statements: number): Promise<boolean> {
  const copied = JSON.parse(await readFile(join(home, 'copy', 'chains', `${sub}.json`), 'utf8')) as CopiedChain;
  return copied.witnessed && copied.chain.tokens.length === statements;
}

/** Whether somebody beside the log has signed what a receipt stands on. */
export const isWitnessed = (receipt: string): boolean => parseTlogProof(receipt).checkpoint.signatures.length > 1;

/** What `unbroken verify` says of evidence that a party's agent makes out of its copy, asking nobody. */
export async function evidenceOfAgent(home: string, party: string, sub: string): Promise<Held> {
  const env = {
    ...process.env,
    UNBROKEN_ENV: 'development',
    UNBROKEN_STATE_DIR: home,
    UNBROKEN_AGENT_PARTY: party,
    UNBROKEN_AGENT_HUB: NOBODY,
  };
  const made = await run(process.execPath, [AGENT, 'evidence', sub], { env, maxBuffer: 64 * 1024 * 1024 });
  const file = join(await mkdtemp(join(tmpdir(), 'unbroken-copy-')), 'bundle.json');
  await writeFile(file, made.stdout);
  return verified(file, join(home, 'trust.json'));
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
  return {
    exit,
    failed: checks.filter(({ result }) => result === 'fails').map(({ name }) => name),
    witnessed: checks.some(({ name, result }) => name === 'witnesses' && result === 'holds'),
  };
}
