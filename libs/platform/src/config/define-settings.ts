// A service's settings are the common ones and its own. Definitions are remembered by name, because all services
// share one environment: a name is unknown only when no service of this process has defined it.

import type { z } from 'zod';
import { commonSettings, processSettings } from './common-settings.js';

export type SettingsShape = Readonly<Record<`UNBROKEN_${string}`, z.ZodType>>;

export interface SettingsDefinition<Shape extends SettingsShape> {
  readonly shape: Shape;
}

export type SettingsOf<Shape extends SettingsShape> = z.infer<z.ZodObject<Shape>>;

const definedNames = new Set<string>(Object.keys(commonSettings));

/** Declares the settings of one service: `defineSettings({ UNBROKEN_LEDGER_WORKERS: setting(…) })`. */
export function defineSettings<Shape extends SettingsShape>(
  shape: Shape,
): SettingsDefinition<typeof commonSettings & Shape> {
  return defined({ ...commonSettings, ...shape });
}

/** As `defineSettings`, of a process that is no part of the hub: it has neither Kafka nor Postgres. */
export function defineProcessSettings<Shape extends SettingsShape>(
  shape: Shape,
): SettingsDefinition<typeof processSettings & Shape> {
  return defined({ ...processSettings, ...shape });
}

function defined<Shape extends SettingsShape>(shape: Shape): SettingsDefinition<Shape> {
  for (const name of Object.keys(shape)) definedNames.add(name);
  return { shape };
}

/** Every name that any service loaded into this process has defined. */
export const knownNames = (): ReadonlySet<string> => definedNames;
