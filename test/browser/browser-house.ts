// The whole product in this process and a browser in front of it. The services can be stopped and started at the same
// address, as a restart does it under an open page.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@unbroken/local';
import { defineSettings, openDatabase, readSettings } from '@unbroken/platform';
import { UnbrokenClient } from '@unbroken/sdk';
import { startStandalone } from '@unbroken/standalone';
import type { Standalone } from '@unbroken/standalone';
import { freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { launchChromium } from './chromium.js';

export const desk = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

export class BrowserHouse {
  readonly #state = mkdtempSync(join(tmpdir(), 'unbroken-browser-'));
  readonly #contexts: BrowserContext[] = [];
  #settings: NodeJS.ProcessEnv = {};
  #database: FreshDatabase | undefined;
  #services: Standalone | undefined;
  #browser: Browser | undefined;
  #cast: Cast | undefined;

  url = '';

  async open(): Promise<void> {
    const [{ brokers }, database, port, browser] = await Promise.all([
      testKafka(),
      freshDatabase(),
      freePort(),
      launchChromium(),
    ]);
    this.#database = database;
    this.#browser = browser;
    this.url = `http://127.0.0.1:${port}`;
    this.#settings = {
      UNBROKEN_ENV: 'test',
      UNBROKEN_KAFKA_BROKERS: brokers.join(','),
      UNBROKEN_KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
      UNBROKEN_POSTGRES_URL: database.url,
      UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir,
      UNBROKEN_HTTP_PORT: String(port),
      UNBROKEN_STATE_DIR: this.#state,
      UNBROKEN_LOG_LEVEL: 'error',
    };
    await this.start();
    this.#cast = await settleCast(this.client);
  }

  async start(): Promise<void> {
    this.#services = await startStandalone(this.#settings);
    const ready = async () => (await fetch(`${this.url}/readyz`)).ok;
    await waitFor(ready, { what: 'all services to be ready', timeoutMs: 60_000 });
  }

  async stop(): Promise<void> {
    await this.#services?.stop();
    this.#services = undefined;
  }

  /** The dashboard's own tables; end the connection after use. */
  dashboardTables(): Promise<DataSource> {
    const settings = readSettings(defineSettings({}), this.#settings);
    return openDatabase({ service: 'dashboard', settings, entities: [], migrations: [], poolSize: 1 });
  }

  get client(): UnbrokenClient {
    return new UnbrokenClient({ url: this.url });
  }

  get cast(): Cast {
    if (this.#cast === undefined) throw new Error('the house is not open');
    return this.#cast;
  }

  /** A page in a browser of its own, which remembers nothing of others. Nothing moves in it unless asked for. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    if (this.#browser === undefined) throw new Error('the house is not open');
    const context = await this.#browser.newContext({
      baseURL: this.url,
      viewport: desk,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      ...options,
    });
    this.#contexts.push(context);
    return context.newPage();
  }

  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.stop();
    await this.#database?.drop();
    rmSync(this.#state, { recursive: true });
  }
}
