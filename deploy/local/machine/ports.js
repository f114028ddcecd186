// Which ports the parts listen on. A part keeps its port from run to run; when a stranger has it, another is taken and
// written down.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

import { SetUpError } from '../set-up/set-up-error.js';

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
 * Chooses a port per name: last time's, else the usual one, else any free one; and records the choice.
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
    const wishes = [recorded[name], port].filter((wish) => wish !== undefined && !taken.has(wish));
    const free = await Promise.all(
      wishes.map(async (wish) => (wish !== undefined && (await isFree(wish)) ? wish : [])),
    );
    const choice = free.flat()[0] ?? (await freePort(taken));
    taken.add(choice);
    chosen[name] = choice;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...recorded, ...chosen }, undefined, 2)}\n`);
  return /** @type {Record<Name, number>} */ (chosen);
}

/**
 * The address people open must not move by itself.
 * @param {number} port
 * @throws {SetUpError} port.taken
 */
export async function mustBeFree(port) {
  if (await isFree(port)) return;
  throw new SetUpError(
    'port.taken',
    `Port ${port} on 127.0.0.1 is taken by another program: stop it, or choose another port with npm run up -- --port ${port + 10}.`,
  );
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
