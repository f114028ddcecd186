// The gateway's part of the agent's command line.

import type { Command } from 'commander';
import { AgentKeys } from '../keys/agent-keys.js';
import { readAgentSettings } from '../settings.js';
import { trustedHub } from '../trusted-hub.js';
import { Gateway } from './gateway.js';
import { importFile, importedText } from './import-command.js';
import { listedLine, listedScans } from './scans-command.js';

/** sysexits.h: not now, but later. */
const EX_TEMPFAIL = 75;

/** Where a command writes: what was asked for, and what is told beside it. */
export interface Output {
  readonly answer: (text: string) => void;
  readonly aside: (text: string) => void;
}

interface ImportArguments {
  readonly map: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** @param told runs a command: prints what it answers, or the reason and the cure */
export function addGatewayCommands(
  program: Command,
  env: NodeJS.ProcessEnv,
  told: (work: () => Promise<string | undefined>) => Promise<void>,
  output: Output,
): void {
  program
    .command('import')
    .description('sign what a file of scans says with the gateway key, and have it recorded (docs/gateway.md)')
    .argument('<file>', 'CSV, or EPCIS 2.0 in JSON')
    .requiredOption('--map <mapping>', 'how the file is read, and what is signed for its codes')
    .option('--dry-run', 'read it and say what would be done; nothing is kept, signed or sent')
    .option('--json', 'one JSON object a line: each bad line, then what became of the file')
    .action((file: string, options: ImportArguments) => told(() => imported(env, file, options, output)));
  program
    .command('scans')
    .description('list the scans that wait for the registration of their parcel, and those the hub refused')
    .option('--json', 'one JSON object a line')
    .action((options: { readonly json?: boolean }) => told(() => listed(env, options.json ?? false, output)));
}

async function imported(
  env: NodeJS.ProcessEnv,
  file: string,
  { map, dryRun = false, json = false }: ImportArguments,
  { answer, aside }: Output,
): Promise<string> {
  const result = await importFile(await gatewayOf(env), file, {
    map,
    dryRun,
    tell: aside,
    ...(json ? { tellFault: (fault) => answer(JSON.stringify({ bad: fault })) } : {}),
  });
  if (result.notYet !== undefined) process.exitCode = EX_TEMPFAIL;
  else if (result.taken.faults > 0) process.exitCode = 1;
  return json ? JSON.stringify({ imported: result }) : importedText(result);
}

async function listed(env: NodeJS.ProcessEnv, json: boolean, { answer }: Output): Promise<undefined> {
  const record = await (await gatewayOf(env)).open();
  try {
    for await (const scan of listedScans(record)) answer(json ? JSON.stringify(scan) : listedLine(scan));
  } finally {
    await record.close();
  }
}

async function gatewayOf(env: NodeJS.ProcessEnv): Promise<Gateway> {
  const settings = readAgentSettings(env);
  const { home, client, trust } = await trustedHub(settings);
  const keys = new AgentKeys(home, settings.UNBROKEN_AGENT_PARTY);
  return new Gateway({ home, keys, client, trust, now: Date.now });
}
