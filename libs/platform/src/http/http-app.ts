// The HTTP side of a service: Fastify with two kinds of body, problem details, and a shutdown that lets requests end.

import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { CommonSettings } from '../config/common-settings.js';
import { configureLog } from '../log/event-log.js';
import { NestLog } from '../log/nest-log.js';
import { ProblemFilter } from '../problem/problem-filter.js';
import { refuseNul, refusals } from './refusals.js';
import { HealthModule } from './health.module.js';

const MEBIBYTE = 1024 * 1024;

/** 500 tokens of the longest kind, as JSON. */
const BODY_LIMIT = 5 * MEBIBYTE;

/** Longer than a phone on a poor line takes to send what it has; nobody may hold a connection open with half a request. */
const REQUEST_TIMEOUT_MS = 60_000;

export interface HttpAppOptions {
  /** Bytes; a larger body is answered 413. */
  readonly bodyLimit?: number;
  /** Every body arrives as a Buffer, whatever its type says. */
  readonly rawBodies?: boolean;
  /** PEM texts: answers over TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export type HttpSettings = Pick<
  CommonSettings,
  'UNBROKEN_HTTP_HOST' | 'UNBROKEN_HTTP_PORT' | 'UNBROKEN_LOG_LEVEL' | 'UNBROKEN_SERVICE'
> &
  Partial<Pick<CommonSettings, 'UNBROKEN_TRUSTED_PROXIES'>>;

/** A proxy on this machine; nobody else's word on who asks is taken. */
const NEAR_PROXY = 'loopback';

/** Nest's injection token of the address that `startService` listens on. */
export const HTTP_ADDRESS = Symbol('HTTP_ADDRESS');

export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

/** Nothing but what Nest hangs the modules on. */
@Module({})
class HttpRoot {}

/**
 * The application, not yet listening; from here on the process logs at the level of the settings. Bodies: application/json is parsed, application/jwt arrives as a Buffer, any
 * other type is answered 415. Errors become problem details. Health routes are there already.
 */
export async function createHttpApp(
  module: Type | DynamicModule,
  settings: HttpSettings,
  { bodyLimit = BODY_LIMIT, rawBodies = false, tls }: HttpAppOptions = {},
): Promise<NestFastifyApplication> {
  configureLog({ level: settings.UNBROKEN_LOG_LEVEL, service: settings.UNBROKEN_SERVICE ?? 'unbroken' });
  const address: HttpAddress = { host: settings.UNBROKEN_HTTP_HOST, port: settings.UNBROKEN_HTTP_PORT };
  const adapter = new FastifyAdapter({
    bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    logger: false,
    trustProxy: [NEAR_PROXY, ...(settings.UNBROKEN_TRUSTED_PROXIES ?? [])],
    ...refusals,
    ...(tls && { https: { ...tls, minVersion: 'TLSv1.2' as const } }),
  });
  const fastify = adapter.getInstance();
  if (rawBodies) fastify.removeAllContentTypeParsers();
  else fastify.removeContentTypeParser('text/plain');
  const taken = rawBodies ? '*' : 'application/jwt';
  fastify.addContentTypeParser(taken, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  refuseNul(fastify);
  letConnectionsEnd(fastify);
  const options = new NestApplicationContextOptions();
  Object.assign(options, { logger: new NestLog(), bodyParser: false, abortOnError: false });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: HttpRoot, imports: [HealthModule, module], providers: [{ provide: HTTP_ADDRESS, useValue: address }] },
    adapter,
    options,
  );
  app.useGlobalFilters(new ProblemFilter());
  return app;
}

/** Without it a client that keeps its connection for the next request would hold up the shutdown until it lets go. */
function letConnectionsEnd(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}
