// What production refuses to start with (docs/architecture, "Settings"): each reason with its cure.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommonSettings } from './common-settings.js';
import { isLoopback } from './loopback.js';
import type { SettingMeta } from './setting-kinds.js';
import type { SettingsMistake } from './settings-error.js';

/** The mistakes that only production minds, in settings that are otherwise well-formed. */
export function productionMistakes(settings: Partial<CommonSettings>): SettingsMistake[] {
  const mistakes: SettingsMistake[] = [];
  const refuse = (name: keyof CommonSettings, wrong: string, cure: string) => mistakes.push({ name, wrong, cure });
  if (settings.UNBROKEN_LOG_LEVEL === 'debug')
    refuse('UNBROKEN_LOG_LEVEL', 'debug is refused in production', 'Set it to info, warn or error');
  if (settings.UNBROKEN_ADMISSION === 'automatic')
    refuse('UNBROKEN_ADMISSION', 'automatic is refused in production', 'Set it to operator');
  if (settings.UNBROKEN_KAFKA_TOPIC_PREFIX)
    refuse('UNBROKEN_KAFKA_TOPIC_PREFIX', 'is for tests and refused in production', 'Leave it out');
  if (!settings.UNBROKEN_KAFKA_TLS_CA && settings.UNBROKEN_KAFKA_BROKERS?.some((broker) => !isLoopback(broker)))
    refuse('UNBROKEN_KAFKA_BROKERS', 'leads over a network without encryption', 'Set UNBROKEN_KAFKA_TLS_CA');
  if (
    !settings.UNBROKEN_POSTGRES_TLS_CA &&
    settings.UNBROKEN_POSTGRES_URL !== undefined &&
    !isLoopback(new URL(settings.UNBROKEN_POSTGRES_URL).host)
  )
    refuse('UNBROKEN_POSTGRES_URL', 'leads over a network without encryption', 'Set UNBROKEN_POSTGRES_TLS_CA');
  if (settings.UNBROKEN_SMTP_TLS === 'none' && settings.UNBROKEN_SMTP_SERVER?.some((server) => !isLoopback(server)))
    refuse('UNBROKEN_SMTP_TLS', 'none leads over a network without encryption', 'Set it to starttls or implicit');
  const { UNBROKEN_SMS_URL: gateway } = settings;
  if (gateway?.startsWith('http:') === true && !isLoopback(new URL(gateway).host))
    refuse('UNBROKEN_SMS_URL', 'leads over a network without encryption', 'Give an https:// address');
  return mistakes;
}

/** The secret files of one setting that group or others may read. */
export function exposedSecrets(
  name: string,
  path: string,
  kind: NonNullable<SettingMeta['secret']>,
): SettingsMistake[] {
  try {
    const files = kind === 'file' ? [path] : readdirSync(path).map((file) => join(path, file));
    return files
      .filter((file) => (statSync(file).mode & 0o077) !== 0)
      .map((file) => ({ name, wrong: `${file} can be read by others`, cure: `Run chmod 600 ${file}` }));
  } catch {
    return [{ name, wrong: `${path} cannot be read`, cure: `Create it, readable by this user alone` }];
  }
}
