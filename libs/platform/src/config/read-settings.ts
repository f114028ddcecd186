// Reads the environment once, at start: every setting by itself, so that one mistake never hides another.

import type { z } from 'zod';
import { environmentDefaults } from './common-settings.js';
import { knownNames } from './define-settings.js';
import type { SettingsDefinition, SettingsOf, SettingsShape } from './define-settings.js';
import { exposedSecrets, productionMistakes } from './production-rules.js';
import type { SettingMeta } from './setting-kinds.js';
import { SettingsError } from './settings-error.js';
import type { SettingsMistake } from './settings-error.js';

/**
 * The settings of a service as its definition types them; an empty value counts as not set.
 * Throws a SettingsError that lists every wrong value, every unknown UNBROKEN_ name and, in production, everything
 * that production refuses.
 */
export function readSettings<Shape extends SettingsShape>(
  definition: SettingsDefinition<Shape>,
  env: NodeJS.ProcessEnv,
): SettingsOf<Shape> {
  const mistakes = unknownNames(env);
  const values: Record<string, unknown> = {};
  const defaults = environmentDefaults(env);
  for (const [name, schema] of Object.entries<z.ZodType>(definition.shape)) {
    const parsed = schema.safeParse((env[name] ?? '') === '' ? defaults[name] : env[name]);
    if (parsed.success) values[name] = parsed.data;
    else
      mistakes.push({ name, wrong: whatIsWrong(parsed.error, env[name]), cure: metaOf(schema)?.cure ?? 'Correct it' });
  }
  if (values.UNBROKEN_ENV === 'production') {
    mistakes.push(...productionMistakes(values));
    mistakes.push(...secretsOthersCanRead(definition.shape, values));
  }
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return values as SettingsOf<Shape>;
}

function unknownNames(env: NodeJS.ProcessEnv): SettingsMistake[] {
  const known = knownNames();
  return Object.keys(env)
    .filter((name) => name.startsWith('UNBROKEN_') && !known.has(name))
    .map((name) => ({ name, wrong: 'is not a setting', cure: 'Remove it or correct its spelling' }));
}

function whatIsWrong(error: z.ZodError, text: string | undefined): string {
  if ((text ?? '') === '') return 'is not set';
  return error.issues.map((issue) => issue.message).join(', ');
}

function secretsOthersCanRead(shape: SettingsShape, values: Readonly<Record<string, unknown>>): SettingsMistake[] {
  return Object.entries<z.ZodType>(shape).flatMap(([name, schema]) => {
    const kind = metaOf(schema)?.secret;
    const path = values[name];
    return kind !== undefined && typeof path === 'string' ? exposedSecrets(name, path, kind) : [];
  });
}

const metaOf = (schema: z.ZodType): SettingMeta | undefined => schema.meta() as SettingMeta | undefined;
