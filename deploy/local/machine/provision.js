// A login role and a schema per service in one database. A service can use its own schema and nothing else: not
// another service's, not `public`, not another database through it.
import { chmodSync, mkdirSync } from 'node:fs';

import pg from 'pg';

import { passwordFile } from './password-file.js';

/** The services that keep something in Postgres. */
export const servicesWithSchema = /** @type {const} */ ([
  'registry',
  'sender',
  'courier',
  'receiver',
  'ledger',
  'alerts',
  'dashboard',
  'vault',
]);

/** Any number that nobody else locks: roles belong to the whole server, so set-ups take turns. */
const PROVISION_LOCK = 8_470_001;

/** @param {string} service @returns {string} the login role of a service; also the name of its password file */
export function roleOf(service) {
  return `unbroken_${service}`;
}

/**
 * Makes database, roles, password files, schemas and rights, or brings them in line with the files. Safe to repeat.
 * @param {object} where
 * @param {string} where.adminUrl a superuser's URL of any database on that server
 * @param {string} where.database made when missing
 * @param {string} where.passwordsFolder gets one 0600 file per role
 */
export async function provision({ adminUrl, database, passwordsFolder }) {
  mkdirSync(passwordsFolder, { recursive: true });
  chmodSync(passwordsFolder, 0o700);
  await withClient(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [PROVISION_LOCK]);
    await createDatabase(client, database);
    for (const service of servicesWithSchema) await alignRole(client, roleOf(service), passwordsFolder);
    await limitDatabase(client, database);
    await withClient(urlOf(adminUrl, database), limitSchemas);
  });
}

/** The same server and user, another database. @param {string} url @param {string} database */
export function urlOf(url, database) {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** What a service is told: no user, no password. @param {string} url @param {string} database */
export function serviceUrl(url, database) {
  const changed = new URL(urlOf(url, database));
  changed.username = '';
  changed.password = '';
  return changed.href;
}

/**
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @param {pg.Client} client @param {string} database */
async function createDatabase(client, database) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
}

/** @param {pg.Client} client @param {string} role @param {string} passwordsFolder */
async function alignRole(client, role, passwordsFolder) {
  const password = client.escapeLiteral(passwordFile(passwordsFolder, role));
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${password}`);
}

/** @param {pg.Client} client @param {string} database */
async function limitDatabase(client, database) {
  const name = client.escapeIdentifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  for (const service of servicesWithSchema) {
    const role = client.escapeIdentifier(roleOf(service));
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${role}`);
    await client.query(`ALTER ROLE ${role} IN DATABASE ${name} SET search_path = ${client.escapeIdentifier(service)}`);
  }
}

/** @param {pg.Client} client of the database itself */
async function limitSchemas(client) {
  await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
  for (const service of servicesWithSchema) {
    const schema = client.escapeIdentifier(service);
    await client.query(
      `CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${client.escapeIdentifier(roleOf(service))}`,
    );
  }
}
