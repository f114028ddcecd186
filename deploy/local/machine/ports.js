// Which ports the parts listen on. A part keeps its port from run to run; when a stranger has it, another is taken and
// written down.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

import { SetUpError } from '../set-up/set-up-error.js';
import { claim, release } from '../supervise/claim.js';

/**
 * Free ports are sought here. Below the range systems use for outgoing connections (Linux from 32768): there a client
 * that keeps asking for a dead server can be given the server's own port and then connects to itself.
 */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/** @param {number} port @returns {Promise<boolean>} whether 127.0.0.1 has it free now */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * @param {ReadonlySet<number>} [except] ports promised to others
 * @returns {Promise<number>} a port that is free now
 */
export async function freePort(except = new Set()) {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (!except.has(port) && (await isFree(port))) return port;
  }
}

/**
 * Chooses a port per name: last time's, else the usual one, else any free one; records the choice, and holds it against
 * other starts: of two that chose the same, one would take the other's answers for its own.
 * @template {string} Name
 * @param {string} file the record, JSON
 * @param {Record<Name, number>} usual
 * @param {number[]} [promised] to others, though they may be free now
 * @returns {Promise<Record<Name, number>>}
 */
export async function choosePorts(file, usual, promised = []) {
  const recorded = readPorts(file);
  /** @type {Set<number>} */
  const taken = new Set(promised);
  /** @type {Record<string, number>} */
  const chosen = {};
  for (const [name, port] of /** @type {[Name, number][]} */ (Object.entries(usual))) {
    const choice = await firstHeld([recorded[name], port], taken);
    taken.add(choice);
    chosen[name] = choice;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...recorded, ...chosen }, undefined, 2)}\n`);
  return /** @type {Record<Name, number>} */ (chosen);
}

/**
 * @param {(number | undefined)[]} wishes
 * @param {ReadonlySet<number>} taken
 * @returns {Promise<number>} the first wish that this process can hold, else any port
 */
async function firstHeld(wishes, taken) {
  for (const wish of wishes) {
    if (wish !== undefined && !taken.has(wish) && (await hold(wish)) === undefined) return wish;
  }
  for (;;) {
    const port = await freePort(taken);
    if ((await hold(port)) === undefined) return port;
  }
}

/**
 * Between two processes that start at the same moment a claim decides, long before either listens.
 * @param {number} port
 * @returns {Promise<string | undefined>} who has it; undefined when this process holds it now
 */
async function hold(port) {
  const holder = claim(portClaim(port));
  if (holder !== undefined && holder.pid !== process.pid) return `npm run up, process ${holder.pid}`;
  if (await isFree(port)) return undefined;
  leavePort(port);
  return 'another program';
}

/**
 * What to tell of a program that ended because another has one of its ports.
 * @param {string} name
 * @param {number[]} ports
 * @returns {Promise<string | undefined>} undefined when all are free
 */
export async function takenAmong(name, ports) {
  for (const port of ports) {
    if (!(await isFree(port))) return `Another program took port ${port} before ${name} could: run npm run up again.`;
  }
  return undefined;
}

const TRIES = 5;

/**
 * Starts something at ports that are free, and at others when a program that starts at the same moment is quicker.
 * @template Ports, Started
 * @param {() => Promise<Ports>} choose
 * @param {(ports: Ports) => Promise<Started>} start
 * @returns {Promise<Started>}
 * @throws {SetUpError} port.taken when that happens again and again
 */
export async function startWhereFree(choose, start) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start(await choose());
    } catch (error) {
      if (tries === TRIES || !(error instanceof SetUpError) || error.code !== 'port.taken') throw error;
    }
  }
}

/**
 * Takes the address people open for this process; it must not move by itself.
 * @param {number} port
 * @throws {SetUpError} port.taken
 */
export async function holdPort(port) {
  const by = await hold(port);
  if (by !== undefined) {
    throw new SetUpError(
      'port.taken',
      `Port ${port} on 127.0.0.1 is taken by ${by}: stop it, or choose another port with npm run up -- --port ${port + 10}.`,
    );
  }
}

/** @param {number} port held by this process, or not */
export function leavePort(port) {
  release(portClaim(port));
}

/** @param {number} port */
function portClaim(port) {
  return join(tmpdir(), `unbroken-${userInfo().uid}`, `port-${port}.claim`);
}

/** @param {string} file @returns {Record<string, number>} */
function readPorts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return {};
    throw error;
  }
}
