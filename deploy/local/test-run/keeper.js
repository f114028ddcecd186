// The process that looks after one Kafka or Postgres for tests (see kept-server.js). Started with one argument, JSON:
// which kind, its folder, and the process after whose end it must not live on.
import { renameSync, rmSync, writeFileSync } from 'node:fs';

import { kafkaPart, prepareKafka } from '../machine/kafka.js';
import { preparePostgres, superuserUrl } from '../machine/postgres.js';
import { freePort } from '../machine/ports.js';
import { isAlive } from '../supervise/process-identity.js';
import { Supervisor } from '../supervise/supervisor.js';
import { keptFiles } from './kept-server.js';

const OWNER_CHECK_MS = 500;

/**
 * @typedef {import('./kept-server.js').KeptServer} KeptServer
 * @type {{ kind: import('./kept-server.js').ServerKind, folder: string,
 *   owner: import('../supervise/process-identity.js').ProcessIdentity }}
 */
const { kind, folder, owner } = JSON.parse(process.argv[2] ?? '');
const files = keptFiles(folder);
const supervisor = new Supervisor(files, (event) => console.log(JSON.stringify(event)));

/** @type {Promise<void> | undefined} */
let ending;
process.on('SIGTERM', () => void end());
setInterval(() => {
  if (!isAlive(owner)) void end();
}, OWNER_CHECK_MS);

const server = kind === 'kafka' ? await kafka() : await postgres();
writeFileSync(`${files.ready}.part`, JSON.stringify(server), { mode: 0o600 });
renameSync(`${files.ready}.part`, files.ready);

function end() {
  ending ??= supervisor.stop().then(() => {
    if (!isAlive(owner)) rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  return ending;
}

/** @returns {Promise<KeptServer>} */
async function kafka() {
  const port = await freePort();
  const place = { folder, port, controllerPort: await freePort(new Set([port])) };
  await prepareKafka(place);
  await supervisor.start(kafkaPart(place));
  return { kind: 'kafka', brokers: [`127.0.0.1:${port}`] };
}

/** @returns {Promise<KeptServer>} */
async function postgres() {
  const place = { folder, port: await freePort() };
  await supervisor.start(await preparePostgres(place));
  return { kind: 'postgres', adminUrl: superuserUrl(place), passwordsFolder: files.passwords };
}
