// What an agent has found wrong with a log or with what it was given: said loudly, and kept as a file with all that proves
// it, for a court needs no log of a program. A finding stays until a person moves its file away.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { makeOnce, namesIn, readIfThere } from '@unbroken/platform/process';
import type { ReadinessCheck } from '@unbroken/platform/http';
import { z } from 'zod';
import { agentLog } from '../agent-log.js';

export const findingFormat = 'unbroken-finding/1';

const finding = z.strictObject({
  format: z.literal(findingFormat),
  code: z.enum(['log.split-view', 'log.shrunk', 'log.ended', 'copy.changed', 'copy.missing', 'copy.does-not-hold']),
  /** A log's origin, or the chain it is about. */
  about: z.string(),
  /** RFC 3339. */
  found: z.iso.datetime({ precision: 3 }),
  /** One sentence. */
  said: z.string(),
  /** What to do. */
  cure: z.string(),
  /** What proves it; of a split view both notes and the proof between them. */
  evidence: z.record(z.string(), z.unknown()),
});
export type Finding = z.infer<typeof finding>;

export class Findings {
  constructor(
    readonly folder: string,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Keeps it, once for what it says and about whom, and tells it. A crash before it is on the disk forgets it: what led to
   * it is still there and is found again.
   */
  async raise(found: Omit<Finding, 'format' | 'found'>): Promise<void> {
    const { code, about, said, cure } = found;
    const whole: Finding = { format: findingFormat, ...found, found: new Date(this.now()).toISOString() };
    const name = `${code}-${createHash('sha256').update(`${about}\n${said}`).digest('hex').slice(0, 16)}.json`;
    if ((await namesIn(this.folder)).includes(name)) return;
    await makeOnce(join(this.folder, name), `${JSON.stringify(whole, null, 2)}\n`);
    agentLog.error('finding.raised', { code, about, said, cure });
  }

  /** @throws Error with the file that is no finding */
  async all(): Promise<readonly Finding[]> {
    const names = (await namesIn(this.folder)).filter((name) => /^[a-z].*\.json$/.test(name));
    const read = await Promise.all(names.map((name) => this.#read(join(this.folder, name))));
    return read.filter((one) => one !== undefined);
  }

  /** That a log is known to have shown two histories: nothing more is cosigned for it. */
  async isCondemned(origin: string): Promise<boolean> {
    return (await this.all()).some(({ code, about }) => code === 'log.split-view' && about === origin);
  }

  get readiness(): ReadinessCheck {
    return {
      name: 'agent findings',
      check: async () => {
        const [first, ...others] = await this.all();
        if (first === undefined) return { ok: true };
        return {
          ok: false,
          why: `${first.said} ${first.cure}${others.length > 0 ? ` (and ${others.length} more)` : ''}`,
        };
      },
    };
  }

  async #read(path: string): Promise<Finding | undefined> {
    const text = await readIfThere(path);
    if (text === undefined) return undefined;
    try {
      return finding.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`${path} is no finding: put it back as it was, or move it away`, { cause });
    }
  }
}
