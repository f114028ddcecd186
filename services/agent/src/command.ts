// The agent's command line.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { SettingsError } from '@unbroken/platform/process';
import { bundleFromCopy } from './copy/bundle-from-copy.js';
import { CopiedChains } from './copy/copied-chain.js';
import { EntryFiles } from './copy/entry-files.js';
import { addGatewayCommands } from './gateway/add-commands.js';
import { homeIn } from './home.js';
import { AgentKeys } from './keys/agent-keys.js';
import { readAgentSettings, witnessName } from './settings.js';
import { trustedHub } from './trusted-hub.js';

/** sysexits.h: the configuration is wrong. */
const EX_CONFIG = 78;

export function agentCommand(env: NodeJS.ProcessEnv): Command {
  const program = new Command('unbroken-agent').description(
    'a party’s own agent: its keys, its witness, its own copy of its evidence. Settings come from UNBROKEN_AGENT_…',
  );
  program.hook('preAction', () => tellFolder(env));
  program
    .command('run', { isDefault: true })
    .description('run until a signal')
    .action(() => runs(env));
  program
    .command('keys')
    .description('list the keys kept here, and the line that the operator adds to its witnesses')
    .action(() => told(() => listKeys(env)));
  program
    .command('evidence')
    .description('write an evidence bundle of a parcel out of the copy kept here, asking nobody')
    .argument('<shipment>', 'its id')
    .action((shipment: string) => told(() => evidence(env, shipment)));
  addGatewayCommands(program, env, told, {
    answer: (text) => process.stdout.write(`${text}\n`),
    aside: (text) => process.stderr.write(`${text}\n`),
  });
  return program;
}

/** What the server needs is loaded for it alone: errands do without, in a third of the time. */
async function runs(env: NodeJS.ProcessEnv): Promise<void> {
  const [{ runService }, { buildAgent }] = await Promise.all([
    import('@unbroken/platform/http'),
    import('./build-agent.js'),
  ]);
  await runService({ name: 'agent', build: () => buildAgent(readAgentSettings(env)) });
}

/** Left out it depends on where one stands, and another folder is another agent, with other keys. Not on standard output, which programs read. */
function tellFolder(env: NodeJS.ProcessEnv): void {
  try {
    const folder = resolve(readAgentSettings(env).UNBROKEN_STATE_DIR);
    const named = env['UNBROKEN_STATE_DIR'] ? '' : '; name it with UNBROKEN_STATE_DIR, else it goes by where you stand';
    const stands = existsSync(homeIn(folder).keys) ? '' : ', which holds no keys of an agent yet';
    process.stderr.write(`This agent’s folder is ${folder}${stands}${named}.\n`);
  } catch (error) {
    // What is wrong with the settings is told by whatever was to be done.
    if (!(error instanceof SettingsError)) throw error;
  }
}

async function evidence(env: NodeJS.ProcessEnv, shipment: string): Promise<string> {
  const { home, trust } = await trustedHub(readAgentSettings(env));
  const parts = { trust, files: new EntryFiles(home.copy), chains: new CopiedChains(home.copy) };
  return JSON.stringify(await bundleFromCopy(shipment, parts));
}

async function listKeys(env: NodeJS.ProcessEnv): Promise<string> {
  const settings = readAgentSettings(env);
  const keys = new AgentKeys(homeIn(settings.UNBROKEN_STATE_DIR), settings.UNBROKEN_AGENT_PARTY);
  const name = witnessName(settings);
  const { vkey } = await keys.witness(name);
  const kept = (await keys.list()).map(({ kid, use, created }) => ({ kid, use, created }));
  return JSON.stringify({ party: keys.party, keys: kept, witness: { name, vkey, party: keys.party } }, null, 2);
}

/** Prints the answer; of what cannot be done the reason and the cure, with exit code 1. */
async function told(work: () => Promise<string | undefined>): Promise<void> {
  try {
    const answer = await work();
    if (answer !== undefined) process.stdout.write(`${answer}\n`);
  } catch (error) {
    if (error instanceof SettingsError) process.exitCode = EX_CONFIG;
    else if (error instanceof Error && 'cure' in error) process.exitCode = 1;
    else throw error;
    const cure = 'cure' in error ? `\n  ${String(error.cure)}` : '';
    process.stderr.write(`✗ ${error.message}${cure}\n`);
  }
}
