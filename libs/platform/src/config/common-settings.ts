// The settings every service shares; a service adds its own with `defineSettings`.

import { z } from 'zod';
import { deskSettings } from './desk-settings.js';
import { notifySettings } from './notify-settings.js';
import { hostPortList, listOf, port, secretDirectory, setting, wholeNumber } from './setting-kinds.js';

const postgresUrl = z
  .string()
  .refine(isPostgresUrl, 'is not of the form postgres://host:port/database')
  .refine(
    (text) => !isPostgresUrl(text) || (new URL(text).password === '' && new URL(text).username === ''),
    'has a user or a password in it',
  );

function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\/[^/]+\/[^/?#]+$/.test(text) && URL.canParse(text);
}

const isHttpUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

const partyId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, 'is not a party id');

/** What every process has, one that a party runs itself too. */
export const processSettings = {
  UNBROKEN_ENV: setting(z.enum(['development', 'production', 'test']), {
    cure: 'Set it to development, production or test',
  }),
  UNBROKEN_HTTP_PORT: setting(port().default(8470), { cure: 'Give a port from 1 to 65535' }),
  UNBROKEN_HTTP_HOST: setting(z.string().min(1).default('127.0.0.1'), { cure: 'Give an address to listen on' }),
  UNBROKEN_STATE_DIR: setting(z.string().min(1).default('.unbroken'), { cure: 'Name a directory for local state' }),
  UNBROKEN_LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error']).default('info'), {
    cure: 'Set it to info, warn or error (debug outside production)',
  }),
} as const;

/** What every service of the hub has beside that. */
export const commonSettings = {
  ...processSettings,
  ...notifySettings,
  ...deskSettings,
  UNBROKEN_SERVICE: setting(
    z
      .string()
      .regex(/^[a-z]+$/, 'is not a service name')
      .optional(),
    {
      cure: 'Name one service, for example ledger, or leave it out to run all of them',
    },
  ),
  UNBROKEN_KAFKA_BROKERS: setting(hostPortList(), { cure: 'List the brokers, for example 127.0.0.1:9092' }),
  UNBROKEN_KAFKA_TOPIC_PREFIX: setting(
    z
      .string()
      .regex(/^[a-z0-9.-]*$/, 'has other signs than a-z 0-9 . -')
      .default(''),
    {
      cure: 'Leave it out; it exists for tests only',
    },
  ),
  UNBROKEN_KAFKA_TLS_CA: setting(z.string().min(1).optional(), {
    cure: 'Name a PEM file with the certificate authority of the brokers; it switches TLS on',
  }),
  UNBROKEN_POSTGRES_URL: setting(postgresUrl, {
    cure: 'Write postgres://host:port/database; users and passwords come from UNBROKEN_POSTGRES_PASSWORDS, one file for each role',
  }),
  UNBROKEN_POSTGRES_PASSWORDS: secretDirectory(
    'Name the directory with one password file for each role (unbroken_ledger, …)',
  ),
  UNBROKEN_POSTGRES_TLS_CA: setting(z.string().min(1).optional(), {
    cure: 'Name a PEM file with the certificate authority of Postgres; it switches TLS on',
  }),
  UNBROKEN_DEPLOYMENT: setting(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,62}$/, 'is not a deployment name')
      .default('unbroken-development'),
    { cure: 'Use 2 to 63 of a-z 0-9 . - ; it is the aud of the tokens' },
  ),
  UNBROKEN_OPERATOR_PARTY: setting(partyId.default('unbroken-operator'), { cure: 'Give the party id of the operator' }),
  UNBROKEN_OPERATOR_KID: setting(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, 'is not a key id')
      .optional(),
    {
      cure: 'Give the RFC 7638 thumbprint of the key of the operator: 43 characters',
    },
  ),
  UNBROKEN_PROMISE_HOURS: setting(wholeNumber(1, 168).default(24), {
    cure: 'Give hours from 1 to 168: within so many, whatever is taken is promised to be recorded',
  }),
  UNBROKEN_TIMESTAMP_AUTHORITIES: setting(listOf(isHttpUrl, 'is not a list of http:// or https:// addresses'), {
    cure: 'List the addresses of RFC 3161 time-stamping authorities, separated by commas, or leave it out',
  }),
  UNBROKEN_TIMESTAMP_CERTIFICATES: setting(
    listOf((path) => path !== '', 'is not a list of files'),
    {
      cure: 'List PEM files with certificates of these authorities or of their issuers, separated by commas',
    },
  ),
  UNBROKEN_AUDIT_HOUR: setting(wholeNumber(0, 23).default(2), {
    cure: 'Give the hour of the nightly audit, UTC: 0 to 23',
  }),
  UNBROKEN_ADMISSION: setting(z.enum(['automatic', 'operator']).default('operator'), {
    cure: 'Set it to operator (or automatic outside production)',
  }),
  UNBROKEN_WITNESSES: setting(z.string().min(1).optional(), {
    cure: 'Name a JSON file {"quorum", "witnesses": [{"name", "vkey", "party", "url"}]}, or leave it out for none',
  }),
} as const;

export type ProcessSettings = z.infer<z.ZodObject<typeof processSettings>>;
export type CommonSettings = z.infer<z.ZodObject<typeof commonSettings>>;

/** What a setting is when nothing is said: outside production parties are admitted by themselves. */
export function environmentDefaults(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const trying = env.UNBROKEN_ENV === 'development' || env.UNBROKEN_ENV === 'test';
  return trying ? { UNBROKEN_ADMISSION: 'automatic' } : {};
}
