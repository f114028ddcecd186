import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineSettings } from './define-settings.js';
import { readSettings } from './read-settings.js';
import { setting, wholeNumber } from './setting-kinds.js';
import { SettingsError } from './settings-error.js';

const definition = defineSettings({
  UNBROKEN_BAKERY_OVENS: setting(wholeNumber(1, 8).default(2), { cure: 'Give 1 to 8' }),
});

const good = {
  UNBROKEN_ENV: 'development',
  UNBROKEN_KAFKA_BROKERS: '127.0.0.1:9092,[::1]:9093',
  UNBROKEN_POSTGRES_URL: 'postgres://127.0.0.1:5432/unbroken',
  UNBROKEN_POSTGRES_PASSWORDS: '/nowhere',
};

function mistakesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  try {
    readSettings(definition, env);
  } catch (error) {
    if (error instanceof SettingsError)
      return Object.fromEntries(error.mistakes.map(({ name, wrong }) => [name, wrong]));
    throw error;
  }
  return {};
}

describe('settings', () => {
  it('only what must be said → the rest has defaults', () => {
    expect(readSettings(definition, { ...good, UNBROKEN_HTTP_PORT: '' })).toMatchObject({
      UNBROKEN_KAFKA_BROKERS: ['127.0.0.1:9092', '[::1]:9093'],
      UNBROKEN_HTTP_PORT: 8470,
      UNBROKEN_HTTP_HOST: '127.0.0.1',
      UNBROKEN_DEPLOYMENT: 'unbroken-development',
      UNBROKEN_ADMISSION: 'automatic',
      UNBROKEN_BAKERY_OVENS: 2,
    });
  });

  it('several mistakes → one error tells them all, with name and cure', () => {
    const env = {
      UNBROKEN_ENV: 'staging',
      UNBROKEN_KAFKA_BROKERS: 'broker-without-port',
      UNBROKEN_POSTGRES_URL: 'postgres://u:hunter2@db/x',
      UNBROKEN_HTTP_PORT: '99999',
      UNBROKEN_BAKERY_OVENS: 'many',
      UNBROKEN_BAKERY_OVEN: '3',
    };
    expect(Object.keys(mistakesOf(env)).sort()).toEqual([
      'UNBROKEN_BAKERY_OVEN',
      'UNBROKEN_BAKERY_OVENS',
      'UNBROKEN_ENV',
      'UNBROKEN_HTTP_PORT',
      'UNBROKEN_KAFKA_BROKERS',
      'UNBROKEN_POSTGRES_PASSWORDS',
      'UNBROKEN_POSTGRES_URL',
    ]);
    expect(() => readSettings(definition, env)).toThrow(/UNBROKEN_HTTP_PORT: is not between 1 and 65535\. Give a port/);
    expect(() => readSettings(definition, env)).not.toThrow(/hunter2/);
  });

  it('another service has defined the name → not a mistake', () => {
    defineSettings({ UNBROKEN_DAIRY_COWS: setting(wholeNumber(0, 9).default(0), { cure: 'Give 0 to 9' }) });
    expect(mistakesOf({ ...good, UNBROKEN_DAIRY_COWS: '3' })).toEqual({});
  });

  it.each(['0', '1e3', '-1', '8.5', ' 80', '65536'])('port "%s" → refused', (text) => {
    expect(mistakesOf({ ...good, UNBROKEN_HTTP_PORT: text })).toHaveProperty('UNBROKEN_HTTP_PORT');
  });
});

describe('proxies that are believed', () => {
  it.each(['10.0.0.7,10.1.0.0/16', '2001:db8::/32, ::1'])('%s → each of them', (text) => {
    const { UNBROKEN_TRUSTED_PROXIES } = readSettings(definition, { ...good, UNBROKEN_TRUSTED_PROXIES: text });
    expect(UNBROKEN_TRUSTED_PROXIES).toEqual(text.split(/, ?/));
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.1/8/8', '10.0.0.1,'])('%s → refused', (text) => {
    expect(mistakesOf({ ...good, UNBROKEN_TRUSTED_PROXIES: text })).toHaveProperty('UNBROKEN_TRUSTED_PROXIES');
  });
});

describe('settings in production', () => {
  let passwords: string;
  beforeEach(() => (passwords = mkdtempSync(join(tmpdir(), 'passwords-'))));
  afterEach(() => rmSync(passwords, { recursive: true }));

  it('what production does not allow → every reason told', () => {
    writeFileSync(join(passwords, 'unbroken_ledger'), 'x');
    chmodSync(join(passwords, 'unbroken_ledger'), 0o640);
    const mistakes = mistakesOf({
      UNBROKEN_ENV: 'production',
      UNBROKEN_KAFKA_BROKERS: 'kafka.example:9092',
      UNBROKEN_KAFKA_TOPIC_PREFIX: 'test.',
      UNBROKEN_POSTGRES_URL: 'postgres://db.example:5432/unbroken',
      UNBROKEN_POSTGRES_PASSWORDS: passwords,
      UNBROKEN_LOG_LEVEL: 'debug',
      UNBROKEN_ADMISSION: 'automatic',
      UNBROKEN_SMTP_SERVER: 'mail.example:25',
      UNBROKEN_SMTP_TLS: 'none',
      UNBROKEN_SMS_URL: 'http://sms.example/send',
    });
    expect(Object.keys(mistakes).sort()).toEqual([
      'UNBROKEN_ADMISSION',
      'UNBROKEN_KAFKA_BROKERS',
      'UNBROKEN_KAFKA_TOPIC_PREFIX',
      'UNBROKEN_LOG_LEVEL',
      'UNBROKEN_POSTGRES_PASSWORDS',
      'UNBROKEN_POSTGRES_URL',
      'UNBROKEN_SMS_URL',
      'UNBROKEN_SMTP_TLS',
    ]);
    expect(mistakes.UNBROKEN_POSTGRES_PASSWORDS).toContain('can be read by others');
  });

  it('loopback, private files, admission left out → starts, and the operator admits', () => {
    writeFileSync(join(passwords, 'unbroken_ledger'), 'x', { mode: 0o600 });
    const env = { ...good, UNBROKEN_ENV: 'production', UNBROKEN_POSTGRES_PASSWORDS: passwords };
    expect(readSettings(definition, env).UNBROKEN_ADMISSION).toBe('operator');
  });
});
