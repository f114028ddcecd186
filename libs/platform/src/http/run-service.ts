// The life of a process: build, listen, consume, and on a signal stop in the opposite order.

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SettingsError } from '../config/settings-error.js';
import type { BatchTransport } from '../kafka/batch-transport.js';
import { log } from '../log/event-log.js';
import { HTTP_ADDRESS } from './http-app.js';
import type { HttpAddress } from './http-app.js';
import { Readiness } from './readiness.js';

/** sysexits.h: the configuration is wrong, so restarting will not help. */
const EX_CONFIG = 78;
const LONGEST_SHUTDOWN_MS = 15_000;

export interface ServiceParts {
  /** From `createHttpApp`. */
  readonly app: NestFastifyApplication;
  readonly transports: readonly BatchTransport[];
}

export interface ServiceDefinition {
  readonly name: string;
  /** Reads the settings and composes; may throw a SettingsError. */
  readonly build: () => Promise<ServiceParts>;
}

/**
 * Runs the service until SIGTERM or SIGINT, then ends requests and batches in hand and exits 0. Mistakes in the
 * settings are printed one a line and the exit code is 78; any other failure to start exits 1.
 */
export async function runService({ name, build }: ServiceDefinition): Promise<void> {
  try {
    const parts = await build();
    stopOnSignal(name, parts.app);
    const address = await startService(parts);
    log.info('service.started', { service: name, address });
  } catch (error) {
    tellAndExit(name, error);
  }
}

/** Connects the transports, listens, then lets the transports consume; returns the address. Tests use it as it is. */
export async function startService({ app, transports }: ServiceParts): Promise<string> {
  // The transports inherit the filter that keeps a handler's error what it was.
  for (const strategy of transports) app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  await app.init();
  app.get(Readiness).register(...transports.map((transport) => transport.readiness));
  const { host, port } = app.get<HttpAddress>(HTTP_ADDRESS);
  await app.listen(port, host);
  await app.startAllMicroservices();
  return app.getUrl();
}

function stopOnSignal(service: string, app: NestFastifyApplication): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info('service.stopping', { service, signal });
    // What takes longer than this is redone after the next start, as after a crash.
    const deadline = setTimeout(() => process.exit(1), LONGEST_SHUTDOWN_MS);
    app.close().then(
      () => {
        clearTimeout(deadline);
        log.info('service.stopped', { service });
        process.exit(0);
      },
      (error: unknown) => {
        clearTimeout(deadline);
        tellAndExit(service, error);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function tellAndExit(service: string, error: unknown): void {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(EX_CONFIG);
  } else {
    log.error('service.failed', { service }, error);
    process.exit(1);
  }
}
