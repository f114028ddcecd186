// Import directions are enforced: planted violations fail the lint, and the same rooms without them pass.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(import.meta.dirname, '../..');
let house: string;

function write(path: string, content: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), content);
}

function room(path: string): void {
  const name = `@unbroken/${path.split('/')[1] ?? ''}`;
  const exports = { '.': { '@unbroken/source': './src/index.ts' } };
  write(`${path}/package.json`, JSON.stringify({ name, type: 'module', exports }));
  write(`${path}/src/index.ts`, 'export const here = 1;\n');
  mkdirSync(join(house, 'node_modules/@unbroken'), { recursive: true });
  symlinkSync(join(house, path), join(house, 'node_modules', name));
}

/** The names of the rules that are broken. */
function lint(): string {
  const depcruise = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  try {
    execFileSync(process.execPath, [depcruise, 'libs', 'services'], { cwd: house, encoding: 'utf8' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'unbroken-imports-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json']) {
    copyFileSync(join(repository, file), join(house, file));
  }
  write('package.json', '{"type":"module"}');
  const services = ['services/sender', 'services/courier', 'services/agent'];
  for (const path of [...services, 'libs/custody', 'libs/tokens', 'libs/contracts', 'libs/platform']) room(path);
});

afterEach(() => rmSync(house, { recursive: true }));

it('imports that point the right way → pass', () => {
  write('services/sender/src/right.ts', "import '@unbroken/contracts';\nimport './index.js';\n");
  write('libs/custody/src/right.ts', "import '@unbroken/tokens';\n");
  expect(lint()).toBe('');
});

it('a service into another by name or by path, a library upwards, the rules into Node, an agent into all of the platform → each fails', () => {
  const planted: readonly [file: string, imported: string, rule: string][] = [
    ['services/sender/src/by-name.ts', '@unbroken/courier', 'imports no service'],
    ['services/sender/src/by-path.ts', '../../courier/src/index.js', 'entered by its name'],
    ['libs/custody/src/upwards.ts', '@unbroken/contracts', 'uses only'],
    ['libs/custody/src/node.ts', 'node:fs', 'nothing of Node'],
    ['services/agent/src/heavy.ts', '@unbroken/platform', 'neither Kafka nor a database'],
  ];
  for (const [file, imported] of planted) write(file, `import '${imported}';\n`);
  const said = lint().split('\n');
  for (const [file, , rule] of planted) {
    expect(said).toContainEqual(expect.stringMatching(new RegExp(`${rule}.*${file}`)));
  }
});
