// A client written from the protocol's text alone meets the whole system, and they agree on everything it checks.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runningSystem } from '../running-system.js';
import type { RunningSystem } from '../running-system.js';

const program = join(import.meta.dirname, 'conformance.js');

/** What the program checks when it comes to its end. Fewer: it stopped on the way. */
const CHECKS = 128;

/** Starting everything, then some hundred checks that each may wait for the record. */
const LONGEST_MS = 300_000;

let system: RunningSystem;

beforeAll(async () => {
  system = await runningSystem();
}, LONGEST_MS);

afterAll(async () => system.stop());

describe('a client that shares no code with the system', () => {
  it(
    'plays the protocol over HTTP → every check holds',
    async () => {
      const { code, lines } = await conformance();
      expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([]);
      expect(lines.at(-1)).toBe(`${CHECKS} passed, 0 failed`);
      expect(code).toBe(0);
    },
    LONGEST_MS,
  );
});

/** Runs the program as anybody would, and answers what it printed. */
function conformance(): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, [program, system.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines: printed.trimEnd().split('\n') }));
  });
}
