// The gateway in the running agent: looks into the inbox, and takes on what an import or an earlier run has left.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Repeated, namesIn } from '@unbroken/platform/process';
import type { ReadinessCheck } from '@unbroken/platform/http';
import { agentLog, tellOnce } from '../../agent-log.js';
import { KeyDoesNotCount } from '../counting-key.js';
import type { Gateway } from '../gateway.js';
import { MappingRefused } from '../mapping/mapping-refused.js';
import { RecordBusy } from '../record/record-busy.js';
import { Feed, MAPPING } from './feed.js';

export interface GatewayWorkParts {
  readonly gateway: Gateway;
  /** The folder of the gateway's record. */
  readonly home: string;
  /** The folder of the feeds; undefined: there is none, and only what is left is taken on. */
  readonly inbox: string | undefined;
  /** Milliseconds between two looks. */
  readonly everyMs?: number;
}

const LOOK_MS = 3_000;

export class GatewayWork {
  readonly #feeds = new Map<string, Feed>();
  readonly #working: Repeated;
  /** What keeps the gateway from its work, by what it is about. */
  readonly #troubles = new Map<string, string>();

  constructor(private readonly parts: GatewayWorkParts) {
    this.#working = new Repeated({
      doSome: () => this.go(),
      failed: tellOnce('the gateway'),
      pollMs: parts.everyMs ?? LOOK_MS,
    });
  }

  start(): void {
    this.#working.start();
  }

  stop(): Promise<void> {
    return this.#working.stop();
  }

  /** Takes one file of each feed, and signs and sends what there is. Answers whether there may be more files. */
  async go(): Promise<boolean> {
    const ready = await this.#ready();
    if (ready.length === 0 && !(await isThere(this.parts.home))) return false;
    const record = await this.parts.gateway.open().catch((error: unknown) => {
      // An import is at work; it does what there is to do.
      if (error instanceof RecordBusy) return undefined;
      throw error;
    });
    if (record === undefined) return false;
    try {
      for (const { feed, name } of ready) await this.#take(feed, name, record);
      await this.#forward(record);
    } finally {
      await record.close();
    }
    return false;
  }

  get readiness(): ReadinessCheck {
    return {
      name: 'agent gateway',
      check: () => {
        const [why] = this.#troubles.values();
        return Promise.resolve(why === undefined ? { ok: true } : { ok: false, why });
      },
    };
  }

  async #ready(): Promise<{ readonly feed: Feed; readonly name: string }[]> {
    const { inbox, gateway } = this.parts;
    if (inbox === undefined) return [];
    if (await isThere(inbox)) this.#troubles.delete('inbox');
    else this.#trouble('inbox', { message: `The inbox ${inbox} is not there.`, cure: 'Make it, or mount it again.' });
    const ready: { feed: Feed; name: string }[] = [];
    for (const folder of await namesIn(inbox)) {
      const path = join(inbox, folder);
      if (!(await isThere(join(path, MAPPING)))) continue;
      const feed = this.#feeds.get(path) ?? new Feed(path, gateway);
      this.#feeds.set(path, feed);
      const name = await feed.ready();
      if (name !== undefined) ready.push({ feed, name });
    }
    return ready;
  }

  async #take(feed: Feed, name: string, record: Awaited<ReturnType<Gateway['open']>>): Promise<void> {
    try {
      const { taken } = await feed.take(name, record);
      this.#troubles.delete(feed.folder);
      if (taken === undefined) agentLog.error('file.refused', { feed: feed.folder, file: name });
      else {
        const { fresh, known, skipped, faults } = taken;
        agentLog.info('scans.taken', { feed: feed.folder, file: name, fresh, known, skipped, faults });
      }
    } catch (error) {
      if (!(error instanceof MappingRefused)) throw error;
      this.#trouble(feed.folder, error);
    }
  }

  async #forward(record: Awaited<ReturnType<Gateway['open']>>): Promise<void> {
    try {
      await this.parts.gateway.forward(record, { askHub: false });
      this.#troubles.delete('key');
    } catch (error) {
      if (!(error instanceof KeyDoesNotCount)) throw error;
      this.#trouble('key', error);
    }
  }

  /** Said once for as long as it lasts. */
  #trouble(about: string, { message, cure }: { readonly message: string; readonly cure: string }): void {
    const why = `${message} ${cure}`;
    if (this.#troubles.get(about) !== why) agentLog.error('gateway.halted', { about, said: message, cure });
    this.#troubles.set(about, why);
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
