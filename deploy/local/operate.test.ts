// What the operator's commands do where there is nothing to look at.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('operate.js', import.meta.url));

it.each([['audit'], ['rebuild', 'alerts'], ['erase', 'Jane Doe', '--only-look']])(
  '%s where the database is gone → says so and what to do, and makes no empty one',
  (...typed) => {
    const folder = mkdtempSync(join(tmpdir(), 'unbroken-operate-'));
    mkdirSync(join(folder, 'passwords'));
    const { UNBROKEN_POSTGRES_URL: _, ...env } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [program, ...typed, '--data', folder], { env });
    expect(status).toBe(2);
    expect(stderr.toString()).toContain(`There is no database at ${join(folder, 'postgres', 'data')}.`);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    rmSync(folder, { recursive: true });
  },
);
