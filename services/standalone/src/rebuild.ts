// node rebuild.js NAME: has a service make its view again from the log, under the settings of its environment.

import { RebuildRefused, rebuild } from '@unbroken/dashboard';
import { LedgerAtWork, publishAgain, publishedMessages } from '@unbroken/ledger';
import { SettingsError, defineSettings, readSettings } from '@unbroken/platform';

/** sysexits.h: used wrongly; the configuration is wrong. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name !== 'dashboard' || rest.length > 0) return refuse('Usage: rebuild.js dashboard', EX_USAGE);
  try {
    const settings = readSettings(defineSettings({}), process.env);
    const log = {
      published: () => publishedMessages(settings),
      publishAgain: (first: () => Promise<void>) => publishAgain(settings, first),
    };
    await rebuild(settings, log, (line) => say(`dashboard: ${line}`));
    say('Start the dashboard: it makes its picture again.');
    return 0;
  } catch (error) {
    if (error instanceof SettingsError) return refuse(error.message, EX_CONFIG);
    if (error instanceof RebuildRefused || error instanceof LedgerAtWork) return refuse(error.message, 1);
    throw error;
  }
}

function refuse(why: string, exitCode: number): number {
  process.stderr.write(`${why}\n`);
  return exitCode;
}

process.exitCode = await run(process.argv.slice(2));
