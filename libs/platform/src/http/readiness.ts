// What a process still waits for. Each part registers a check under its name; /readyz tells them all.

import { Injectable } from '@nestjs/common';
import { isError } from '../log/is-error.js';

export interface ReadinessState {
  readonly ok: boolean;
  /** What it waits for, in words. */
  readonly why?: string;
}

export interface ReadinessCheck {
  /** Unique in the process, for example "ledger postgres". */
  readonly name: string;
  check(): Promise<ReadinessState>;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly (ReadinessState & { readonly name: string })[];
}

const LONGEST_CHECK_MS = 3_000;

@Injectable()
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();

  register(...checks: readonly ReadinessCheck[]): void {
    for (const check of checks) this.#checks.set(check.name, check);
  }

  /** Asks every check; one that throws or takes longer than three seconds is not ready. */
  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all(
      [...this.#checks.values()].map(async (check) => ({ name: check.name, ...(await stateOf(check)) })),
    );
    return { ready: checks.every(({ ok }) => ok), checks };
  }
}

async function stateOf(check: ReadinessCheck): Promise<ReadinessState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReadinessState>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, why: 'does not answer' }), LONGEST_CHECK_MS);
  });
  try {
    return await Promise.race([check.check(), late]);
  } catch (error) {
    return { ok: false, why: isError(error) ? error.name : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
