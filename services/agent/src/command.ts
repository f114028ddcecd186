// The agent's command line.

import { Command } from 'commander';
import { SettingsError, runService } from '@unbroken/platform';
import { buildAgent } from './build-agent.js';
import { homeIn } from './home.js';
import { AgentKeys } from './keys/agent-keys.js';
import { readAgentSettings, witnessName } from './settings.js';

/** sysexits.h: the configuration is wrong. */
const EX_CONFIG = 78;

export function agentCommand(env: NodeJS.ProcessEnv): Command {
  const program = new Command('unbroken-agent').description(
    'a party’s own agent: its keys, its witness, its own copy of its evidence. Settings come from UNBROKEN_AGENT_…',
  );
  program
    .command('run', { isDefault: true })
    .description('run until a signal')
    .action(() => runService({ name: 'agent', build: () => buildAgent(readAgentSettings(env)) }));
  program
    .command('keys')
    .description('list the keys kept here, and the line that the operator adds to its witnesses')
    .action(() => told(() => listKeys(env)));
  return program;
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
async function told(work: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await work()}\n`);
  } catch (error) {
    if (error instanceof SettingsError) process.exitCode = EX_CONFIG;
    else if (error instanceof Error && 'cure' in error) process.exitCode = 1;
    else throw error;
    const cure = 'cure' in error ? `\n  ${String(error.cure)}` : '';
    process.stderr.write(`✗ ${error.message}${cure}\n`);
  }
}
