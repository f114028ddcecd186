// The parties of this machine that run an agent of their own: each a process with its own keys, which witnesses the logs and
// keeps its party's copy. Two, so that the one can be away; they are organisations of the demonstration's story.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { run } from '../set-up/command.js';
import { repository } from '../set-up/repository.js';
import { SetUpError } from '../set-up/set-up-error.js';
import { takenAmong } from './ports.js';

const program = join(repository, 'services', 'agent', 'dist', 'main.js');

/** Either of the two is enough: one machine's agents come and go with it. */
const QUORUM = 1;

export const agents = /** @type {const} */ ([
  { party: 'health-data', name: 'Health Data Institute', roles: 'sender' },
  { party: 'statistics-denmark', name: 'Statistics Denmark', roles: 'receiver' },
]);

/** sysexits.h EX_CONFIG: the settings are wrong, starting again does not help. */
const WRONG_SETTINGS = 78;
const ANSWER_MS = 5_000;

/**
 * @typedef {typeof agents[number]} Agent
 * @typedef {import('../supervise/supervised.js').Part} Part
 *
 * @typedef {object} AgentPlace
 * @property {string} folder of all agents
 * @property {number} port this agent answers at
 * @property {number} hub the port of the hub
 */

/**
 * The file that names the witnesses to the ledger; the agents' keys are made the first time. Only the addresses in it change
 * later: the keys are part of everybody's trust policy.
 * @param {string} folder of all agents
 * @param {Record<string, number>} ports by party
 * @param {number} hub the port of the hub
 * @returns {Promise<string>} its path
 */
export async function witnessFile(folder, ports, hub) {
  const path = join(folder, 'witnesses.json');
  const known = existsSync(path)
    ? JSON.parse(readFileSync(path, 'utf8')).witnesses
    : await Promise.all(agents.map((agent) => witnessOf(agent, { folder, port: ports[agent.party] ?? 0, hub })));
  const witnesses = known.map((/** @type {{ party: string }} */ witness) => ({
    ...witness,
    url: `http://127.0.0.1:${ports[witness.party]}/witness`,
  }));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.part`, `${JSON.stringify({ quorum: QUORUM, witnesses }, undefined, 2)}\n`);
  renameSync(`${path}.part`, path);
  return path;
}

/** @param {Agent} agent @param {AgentPlace} place @returns {Promise<{ party: string }>} */
async function witnessOf(agent, place) {
  const env = agentEnvironment(agent, place);
  const { code, output, answer } = await run(process.execPath, ['--enable-source-maps', program, 'keys'], { env });
  if (code === 0) return JSON.parse(answer).witness;
  throw new SetUpError(
    'command.failed',
    `The keys of the agent of ${agent.party} could not be made:\n${output.trim()}`,
  );
}

/**
 * @param {Agent} agent
 * @param {AgentPlace} place
 * @returns {Part} the agent as a process of its own
 */
export function agentPart(agent, place) {
  const name = `agent-${agent.party}`;
  const { port } = place;
  return {
    name,
    launch: () => ({
      command: process.execPath,
      args: ['--enable-source-maps', program],
      env: agentEnvironment(agent, place),
    }),
    // Alive is enough: what it waits for is the hub.
    ready: async () => (await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) })).ok,
    readyWithinMs: 60_000,
    evicted: () => takenAmong(name, [port]),
    stopSignal: 'SIGTERM',
    stopWithinMs: 20_000,
    hopelessExitCodes: [WRONG_SETTINGS],
  };
}

/** @param {Agent} agent @param {AgentPlace} place @returns {NodeJS.ProcessEnv} undefined: not passed on */
function agentEnvironment({ party, name, roles }, { folder, port, hub }) {
  return {
    ...process.env,
    UNBROKEN_ENV: 'development',
    UNBROKEN_HTTP_PORT: String(port),
    UNBROKEN_HTTP_HOST: undefined,
    UNBROKEN_STATE_DIR: join(folder, party),
    UNBROKEN_AGENT_PARTY: party,
    UNBROKEN_AGENT_HUB: `http://127.0.0.1:${hub}`,
    UNBROKEN_AGENT_NAME: name,
    UNBROKEN_AGENT_ROLES: roles,
    // The command's own settings, which whoever starts this may have: an agent refuses a setting it does not know.
    UNBROKEN_HUB: undefined,
    UNBROKEN_HOME: undefined,
  };
}
