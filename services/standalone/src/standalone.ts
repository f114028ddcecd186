// Every service in one process, or the one that UNBROKEN_SERVICE names: the same modules, only settings differ.

import { compose } from '@unbroken/intake';
import { defineSettings, readSettings, startService, systemClock } from '@unbroken/platform';
import type { Clock, ServiceParts } from '@unbroken/platform';
import { servicesNamed } from './services.js';

/** Composes what the environment asks for. Throws a SettingsError with every mistake in it. */
export async function buildStandalone(env: NodeJS.ProcessEnv, clock: Clock = systemClock): Promise<ServiceParts> {
  const settings = readSettings(defineSettings({}), env);
  return compose(await servicesNamed(settings.UNBROKEN_SERVICE), settings, clock);
}

export interface Standalone {
  /** Where it answers, for example http://127.0.0.1:8470. */
  readonly url: string;
  /** Ends requests and batches in hand, as on SIGTERM. */
  readonly stop: () => Promise<void>;
}

/** Starts and answers once it is listening; `clock` is the only part a test may replace. */
export async function startStandalone(env: NodeJS.ProcessEnv, clock: Clock = systemClock): Promise<Standalone> {
  const parts = await buildStandalone(env, clock);
  const url = await startService(parts);
  return { url, stop: () => parts.app.close() };
}
