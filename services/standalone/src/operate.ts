// node operate.js audit | recover | rebuild VIEW | erase: the operator's commands, under the settings of the environment.

import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import {
  AuditImpossible,
  LedgerAtWork,
  RecoverRefused,
  auditUnder,
  lossLines,
  recover,
  reportLines,
} from '@unbroken/ledger';
import type { Loss, WantedSuccessor } from '@unbroken/ledger';
import { ViewAtWork } from '@unbroken/chains';
import { SettingsError, configureLog, defineSettings, readSettings } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { RebuildRefused } from '@unbroken/dashboard';
import { EraseRefused } from './erase/erase-refused.js';
import { erase } from './erase/erase.js';
import { erasedLines } from './erase/erased-lines.js';
import { rebuildView, views } from './rebuild.js';

/** 0 done, and clean; 1 tampered, or refused; 2 could not look, or not understood. */
type ExitCode = 0 | 1 | 2;

const USAGE = `Usage: audit [--copy DIR]… [--bundle FILE]… [--json]
       recover [--copy DIR]… [--json]
       recover --successor --reason TEXT [--yes] [--copy DIR]… [--json]
       rebuild ${views.join(' | ')} | --all
       erase --named TEXT… --reason TEXT [--only-look] [--json]
       erase                                              (what was begun)`;

interface Typed {
  readonly command: string | undefined;
  readonly rest: readonly string[];
  readonly copies: readonly string[];
  readonly bundles: readonly string[];
  readonly json: boolean;
  readonly successor: boolean;
  /** What everybody is told; undefined where it is not given. */
  readonly reason: string | undefined;
  readonly yes: boolean;
  readonly names: readonly string[];
  readonly onlyLook: boolean;
  /** Every view. */
  readonly all: boolean;
}

function typed(args: readonly string[]): Typed {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      copy: { type: 'string', multiple: true, default: [] },
      bundle: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      successor: { type: 'boolean', default: false },
      reason: { type: 'string' },
      yes: { type: 'boolean', default: false },
      named: { type: 'string', multiple: true, default: [] },
      'only-look': { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
    },
  });
  const [command, ...rest] = positionals;
  const { copy: copies, bundle: bundles, named: names, 'only-look': onlyLook, reason, ...others } = values;
  return { command, rest, copies, bundles, reason, names, onlyLook, ...others };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const commands: Readonly<Record<string, (settings: CommonSettings, typed: Typed) => Promise<ExitCode>>> = {
  audit: async (settings, { copies, bundles, json }) => {
    const report = await auditUnder(settings, { copies, bundles });
    say(json ? JSON.stringify(report) : reportLines(report).join('\n'));
    return report.result === 'clean' ? 0 : 1;
  },
  recover: async (settings, given) => {
    const { copies, json } = given;
    const successor = successorIn(given);
    if (successor === 'wrong') return told(REASON_WANTED, 2);
    const options = { copies, ...(successor && { successor }) };
    const done = await recover(settings, options, (line) => (json ? undefined : say(`recover: ${line}`)));
    if (json) say(JSON.stringify(done));
    else {
      for (const { log, size, signed, written } of done.logs)
        say(`✓ ${log}: ${size} entries, ${signed} of them signed; ${written} had to be written again`);
      for (const notice of done.notices) say(`! ${notice}`);
      if (done.logs.some(({ size, written }) => size > 0 && written === size)) {
        say(
          '! A whole log was written again. If the other services\u2019 tables were lost with it, there is no alarm until they are made',
        );
        say('  anew, before anything is started: unbroken rebuild --all.');
      }
      say('Start the ledger: it goes on from there.');
    }
    return 0;
  },
  rebuild: async (settings, { rest: [view], all }) => {
    // Stopped between two, those before are made anew, and running it again makes all of them.
    for (const each of all ? views : [view ?? '']) await rebuildView(each, settings, say);
    if (all) say(`✓ All views are made anew: ${views.join(', ')}. Start the services.`);
    return 0;
  },
  erase: async (settings, { names, reason = '', onlyLook, json }) => {
    const erased = await erase(settings, { names, reason, onlyLook });
    say(json ? JSON.stringify(erased) : erasedLines(erased).join('\n'));
    return 0;
  },
};

const REASON_WANTED =
  '✗ --successor and --reason TEXT go together: everybody will read the reason, so name nobody in it. --yes is for them alone.';

/** Undefined where none is wanted. */
function successorIn({ successor, reason, yes }: Typed): WantedSuccessor | undefined | 'wrong' {
  if (!successor) return reason === undefined && !yes ? undefined : 'wrong';
  if (reason === undefined) return 'wrong';
  return { reason, confirm: (loss) => (yes ? toldOf(loss) : asked(loss)) };
}

/** Beside what the command answers, which may be JSON. */
function toldOf(loss: Loss): Promise<boolean> {
  process.stderr.write(`${lossLines(loss).join('\n')}\n`);
  return Promise.resolve(true);
}

/** Of somebody at a terminal; nobody there is no. */
async function asked(loss: Loss): Promise<boolean> {
  await toldOf(loss);
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Type ${loss.origin} to end it: `)).trim() === loss.origin;
  } finally {
    terminal.close();
  }
}

/** How many words behind the command. */
const wanted = ({ command, all }: Typed): number => (command === 'rebuild' && !all ? 1 : 0);

async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    const given = typed(args);
    const command = commands[given.command ?? ''];
    if (command === undefined || given.rest.length !== wanted(given)) return told(USAGE, 2);
    const settings = readSettings(defineSettings({}), process.env);
    // What it has to say it says itself.
    configureLog({ level: 'error', service: 'operate' });
    return await command(settings, given);
  } catch (error) {
    if (error instanceof AuditImpossible) return told(`✗ ${error.message}.\n  ${error.cure}.`, 2);
    if (error instanceof RecoverRefused) return told(`✗ ${error.message}\n  ${error.cure}. Nothing was written.`, 1);
    if (error instanceof EraseRefused)
      return told(
        `✗ ${error.message}\n  ${error.cure}`,
        error.code === 'erase.names' || error.code === 'erase.reason' ? 2 : 1,
      );
    if (error instanceof RebuildRefused || error instanceof LedgerAtWork || error instanceof ViewAtWork)
      return told(`✗ ${error.message}`, 1);
    if (error instanceof SettingsError) return told(error.message, 2);
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return told(`${error.message}\n${USAGE}`, 2);
    const why = error instanceof Error ? error.message : String(error);
    return told(`✗ It could not be done: ${why}.\n  See that Kafka and Postgres answer, then run it again.`, 2);
  }
}

function told(why: string, exitCode: ExitCode): ExitCode {
  process.stderr.write(`${why}\n`);
  return exitCode;
}

process.exitCode = await run(process.argv.slice(2));
