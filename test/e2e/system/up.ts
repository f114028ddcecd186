// `npm run up` as somebody at a terminal runs it: a process of its own, with its own folder and address. What it starts
// is recorded in that folder, so that the end of the test run ends it too.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { superuserUrl, testRunFolder, urlOf, withClient } from '@unbroken/local';
import { UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { freePort } from '@unbroken/local';
import { repository } from '../../../deploy/local/set-up/repository.js';
import { readRecord } from '../../../deploy/local/supervise/run-records.js';

const START_MS = 200_000;
const END_MS = 60_000;

export interface UpOptions {
  /** A process for each service, behind one address; else all in one process. */
  readonly split: boolean;
  /** Settings beside the environment, for example an existing Kafka. */
  readonly env?: Readonly<Record<string, string>>;
}

export class Up {
  readonly url: string;
  readonly client: UnbrokenClient;
  /** Its state folder. */
  readonly data: string;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(
    private readonly port: number,
    private readonly options: UpOptions,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.client = new UnbrokenClient({ url: this.url });
    this.data = join(testRunFolder(), `up-${randomBytes(4).toString('hex')}`);
  }

  /** In a new folder; resolves when all services are ready. */
  static async start(options: UpOptions): Promise<Up> {
    const up = new Up(await freePort(), options);
    mkdirSync(up.data, { recursive: true });
    await up.start();
    return up;
  }

  /** Starts it where it left off. */
  async start(): Promise<void> {
    const args = ['deploy/local/up.js', '--no-demo', '--port', String(this.port), '--data', this.data];
    // The name npm gives to what it runs: so started, it ends when this process does.
    const env = { ...process.env, ...this.options.env, npm_lifecycle_event: 'up' };
    const child = spawn(process.execPath, [...args, ...(this.options.split ? ['--split'] : [])], {
      cwd: repository,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#said = '';
    const hear = (chunk: Buffer) => void (this.#said += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    await waitFor(() => this.#ended || this.#said.includes('Unbroken is ready'), {
      what: 'npm run up to be ready',
      timeoutMs: START_MS,
    });
    if (this.#ended) throw new Error(`npm run up ended:\n${this.#said}`);
  }

  /** SIGTERM, as Ctrl-C: resolves when everything it started has ended. */
  async stop(): Promise<void> {
    this.#process?.kill('SIGTERM');
    await waitFor(() => this.#ended, { what: 'npm run up to stop everything', timeoutMs: END_MS });
  }

  /** The home of the agent that a party of this machine runs. */
  agentHome(party: string): string {
    return join(this.data, 'agents', party);
  }

  /** The process of a part: services, kafka, postgres, or with `split` a service by its name. */
  pidOf(part: string): number {
    const pid = readRecord(join(this.data, 'run'), part)?.pid;
    if (pid === undefined) throw new Error(`${part} does not run`);
    return pid;
  }

  /** One of the operator's commands on its state folder, whether it runs or not. */
  operates(...args: readonly string[]): { readonly exit: number | null; readonly said: string } {
    const command = join(repository, 'libs', 'sdk', 'bin', 'unbroken.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args, '--data', this.data], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { exit: status, said: status === 0 ? stdout : stdout + stderr };
  }

  /** In its database, as its superuser: what somebody with the machine could do. */
  sql(statement: string): Promise<void> {
    const { postgres } = JSON.parse(readFileSync(join(this.data, 'ports.json'), 'utf8')) as { postgres: number };
    const server = superuserUrl({ folder: join(this.data, 'postgres'), port: postgres });
    return withClient(urlOf(server, 'unbroken'), async (client) => {
      await client.query(statement);
    });
  }

  get #ended(): boolean {
    const child = this.#process;
    return child === undefined || child.exitCode !== null || child.signalCode !== null;
  }
}
