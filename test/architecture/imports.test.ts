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
  for (const path of ['services/sender', 'services/courier', 'libs/custody', 'libs/tokens', 'libs/contracts'])
    room(path);
});

afterEach(() => rmSync(house, { recursive: true }));

describe('import directions', () => {
  it('imports that point the right way → pass', () => {
    write('services/sender/src/right.ts', "import '@unbroken/contracts';\nimport './index.js';\n");
    write('libs/custody/src/right.ts', "import '@unbroken/tokens';\n");
    expect(lint()).toBe('');
  });

  it.each([
    ['a service imports another by name', 'services/sender/src/a.ts', '@unbroken/courier', 'imports no service'],
    ['a service reaches into another', 'services/sender/src/a.ts', '../../courier/src/index.js', 'entered by its name'],
    ['a library imports upwards', 'libs/custody/src/a.ts', '@unbroken/contracts', 'uses only'],
    ['the rules import something of Node', 'libs/custody/src/a.ts', 'node:fs', 'nothing of Node'],
  ])('%s → fails', (_what, file, imported, rule) => {
    write(file, `import '${imported}';\n`);
    expect(lint()).toContain(rule);
  });
});
