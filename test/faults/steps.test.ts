// Processes killed in their durable writes: `npm run faults -- steps` and `-- people` have more of them, and `npm run faults`
// other faults that take longer than a test may.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { testRunFolder } from '@unbroken/local';

interface Judged {
  readonly steps: number;
  readonly faults: readonly string[];
}

it('killed in a durable write, whose outcome is then the one or the other → nothing lost, doubled or contradicted', async () => {
  const { exit, judged, printed } = await faults('steps', '--brief', '--data', join(testRunFolder(), 'steps'));
  expect({ exit, judged, printed }).toMatchObject({ exit: 0, judged: { steps: 8, faults: [] } });
}, 300_000);

it('killed in what people without keys, incidents and erasures write → told, done and certified once', async () => {
  const { exit, judged, printed } = await faults('people', '--brief', '--data', join(testRunFolder(), 'people'));
  expect({ exit, judged, printed }).toMatchObject({ exit: 0, judged: { steps: 3, faults: [] } });
}, 300_000);

/** Runs the program as anybody would. */
async function faults(
  ...args: string[]
): Promise<{ exit: number | null; judged: Judged | undefined; printed: string }> {
  const program = join(import.meta.dirname, 'faults.js');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const last = printed
    .trimEnd()
    .split('\n')
    .findLast((line) => line.startsWith('{"fault"'));
  return { exit, printed, judged: last === undefined ? undefined : (JSON.parse(last) as Judged) };
}
