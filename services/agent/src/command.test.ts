// Which folder an agent works on is said before it does anything.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { jest } from '@jest/globals';
import { agentCommand } from './command.js';

let folder: string;
let told: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-agent-'));
  told = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => (told += String(text)) !== '');
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const types = (more: NodeJS.ProcessEnv) =>
  agentCommand({
    ...{ UNBROKEN_AGENT_PARTY: 'danish-post', UNBROKEN_AGENT_HUB: 'http://127.0.0.1:9', UNBROKEN_ENV: 'development' },
    ...more,
  }).parseAsync(['node', 'unbroken-agent', 'keys']);

it('a folder by where one stands, and fresh; then again → its whole path each time, and that it is fresh only once', async () => {
  const state = { UNBROKEN_STATE_DIR: relative(process.cwd(), folder) };
  await types(state);
  expect(told).toBe(`This agent’s folder is ${folder}, which holds no keys of an agent yet.\n`);
  told = '';
  await types(state);
  expect(told).toBe(`This agent’s folder is ${folder}.\n`);
});

it('none is named → that it goes by where one stands, and the setting that names it', async () => {
  const stood = process.cwd();
  process.chdir(folder);
  await types({}).finally(() => process.chdir(stood));
  expect(told).toContain(`folder is ${join(folder, '.unbroken')}, which holds no keys`);
  expect(told).toContain('name it with UNBROKEN_STATE_DIR, else it goes by where you stand');
});
