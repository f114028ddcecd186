// What the set-up decides before it does anything.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outputs, sourcesDigest } from './build.js';
import { faultSentence } from './fault-sentence.js';
import { readOptions } from './options.js';
import { isInstalled } from './packages.js';
import { checkNode, javaVersion } from './prerequisites.js';
import { SetUpError } from './set-up-error.js';

describe('readOptions', () => {
  it('nothing given → port 8470, state in .unbroken of the checkout, one process', () => {
    const options = readOptions([], {});
    expect(options).toMatchObject({ port: 8470, fresh: false, split: false, demo: true, help: false });
    expect(options.data).toMatch(/\/\.unbroken$/);
  });

  it('--port and UNBROKEN_HTTP_PORT → the option wins', () => {
    expect(readOptions(['--port', '9001'], { UNBROKEN_HTTP_PORT: '9002' }).port).toBe(9001);
    expect(readOptions([], { UNBROKEN_HTTP_PORT: '9002' }).port).toBe(9002);
  });

  it('--data under npm → relative to where the person stands, not to the checkout', () => {
    expect(readOptions(['--data', 'here'], { INIT_CWD: '/home/someone' }).data).toBe('/home/someone/here');
  });

  it('--no-demo and --rebuild → without the demonstration, with that view made anew', () => {
    expect(readOptions(['--no-demo', '--rebuild', 'dashboard'], {})).toMatchObject({
      demo: false,
      rebuild: 'dashboard',
    });
  });

  it.each([
    [['--prot', '1']],
    [['--port', '0']],
    [['--port', '65536']],
    [['--port', '80a']],
    [['extra']],
    [['--rebuild', '../x']],
  ])('%j → option.unknown', (args) => {
    expect(() => readOptions(args, {})).toThrow(SetUpError);
  });
});

describe('checkNode', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s → fine', (version) => {
    expect(checkNode(version)).toBe(`Node ${version}`);
  });
  it.each(['18.20.4', '20.18.3', '20.9.0'])('%s → node.old', (version) => {
    expect(checkNode(version)).toBeInstanceOf(SetUpError);
  });
});

describe('faultSentence', () => {
  const fault = (code: string, path: string) => Object.assign(new Error(code), { code, path, syscall: 'open' });

  it.each([
    [fault('ENOSPC', '/srv/u'), 'disk is full (/srv/u)'],
    [fault('EACCES', '/srv/u'), 'may not write /srv/u'],
    [
      new SetUpError('command.failed', 'initdb failed:\ncould not write: No space left on device\nmore'),
      'disk is full',
    ],
  ])('%s → one sentence with the cure', (error, sentence) => {
    expect(faultSentence(error)).toContain(sentence);
    expect(faultSentence(error)).toMatch(/--data\.$/);
  });

  it('a fault of the program → undefined, so that it is seen as one', () => {
    expect(faultSentence(new TypeError('x is not a function'))).toBeUndefined();
    expect(faultSentence(fault('EBADF', '/srv/u'))).toBeUndefined();
  });
});

describe('javaVersion', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "21-ea"', 21],
  ])('%s → %d', (output, major) => {
    expect(javaVersion(output)?.major).toBe(major);
  });
  it('no Java’s output → undefined', () => {
    expect(javaVersion('command not found')).toBeUndefined();
  });
});

describe('isInstalled', () => {
  const zod = { version: '4.6.7', integrity: 'sha512-a' };
  const own = 'services/web/node_modules/vite';
  const there = { packages: { 'node_modules/zod': zod, [own]: zod } };
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'libs/tokens': { version: '0.1.0' },
      ...there.packages,
      'node_modules/@swc/core-darwin-arm64': { version: '1.0.0', optional: true },
    },
  };
  const all = () => true;

  it('everything but another system’s binaries is there → installed', () => {
    expect(isInstalled(lock, there, (path) => path in there.packages)).toBe(true);
  });

  it.each([
    ['another version', { packages: { ...there.packages, 'node_modules/zod': { ...zod, version: '4.6.6' } } }],
    ['other contents', { packages: { ...there.packages, 'node_modules/zod': { ...zod, integrity: 'sha512-b' } } }],
    ['a workspace’s own is not recorded', { packages: { 'node_modules/zod': zod } }],
    ['nothing there', {}],
  ])('%s → not installed', (_, present) => {
    expect(isInstalled(lock, present, all)).toBe(false);
  });

  it.each([own, 'node_modules/zod'])('%s is recorded, and its folder is gone → not installed', (gone) => {
    expect(isInstalled(lock, there, (path) => path !== gone)).toBe(false);
  });
});

describe('what was built', () => {
  let root: string;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'unbroken-built-'));
    for (const file of ['nx.json', 'package.json', 'package-lock.json', 'tsconfig.base.json']) write(file, '{}');
    for (const kind of ['libs/a', 'services/b', 'deploy/c']) write(`${kind}/src/index.ts`, kind);
    write('libs/a/dist/index.js', 'built');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['other contents', () => write('libs/a/src/index.ts', 'other')],
    ['a new file', () => write('services/b/src/more.ts', '')],
    ['another name', () => renameSync(join(root, 'deploy/c/src/index.ts'), join(root, 'deploy/c/src/main.ts'))],
    ['another lock file', () => write('package-lock.json', '[]')],
  ])('%s → other sources', (_, change) => {
    const before = sourcesDigest(root);
    expect(sourcesDigest(root)).toBe(before);
    change();
    expect(sourcesDigest(root)).not.toBe(before);
  });

  it('an output put back by another hand, or gone → other outputs; the sources are the same', () => {
    const before = { sources: sourcesDigest(root), outputs: outputs(root) };
    renameSync(join(root, 'libs/a/dist'), join(root, 'libs/a/aside'));
    rmSync(join(root, 'libs/a/aside'), { recursive: true });
    expect(outputs(root)).not.toBe(before.outputs);
    write('libs/a/dist/index.js', 'built');
    expect(outputs(root)).not.toBe(before.outputs);
    expect(sourcesDigest(root)).toBe(before.sources);
  });
});
