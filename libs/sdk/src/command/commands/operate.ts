// unbroken audit, recover, rebuild, erase: what an operator does to the hub's own databases. The hub's programs do the work; this
// command only finds them.

import type { Command } from 'commander';
import { examples } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { OperatorEnded, UsageError } from '../told-failure.js';
import type { Surroundings } from '../surroundings.js';

interface OperatorOptions {
  readonly data?: string;
  readonly copy?: readonly string[];
  readonly bundle?: readonly string[];
}

interface RecoverCommandOptions extends OperatorOptions {
  readonly successor?: true;
  readonly reason?: string;
  readonly yes?: true;
}

const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];

const DATA = ['--data <dir>', 'state folder of `npm run up`; else the services’ settings in the environment'] as const;
const COPY = ['--copy <dir>', 'a party’s own copy of the log, as its agent keeps it; may be given often'] as const;

export const addAudit: AddCommand = (parent, around) => {
  parent
    .command('audit')
    .description(
      'operator: hold log, database, Kafka and parties’ copies against what was signed; name what was changed',
    )
    .option(...DATA)
    .option(...COPY, collected)
    .option('--bundle <file>', 'an evidence bundle; may be given often', collected)
    .addHelpText(
      'after',
      `${examples('unbroken audit --data .unbroken', 'unbroken audit --copy /srv/post/copy --json')}\n\nExit codes: 0 clean, 1 tampered, 2 could not look`,
    )
    .action((options: OperatorOptions, command: Command) => operate(['audit'], options, command, around));
};

export const addRecover: AddCommand = (parent, around) => {
  parent
    .command('recover')
    .description('operator: refill the log of a lost or changed database, the same as was signed, or write nothing')
    .option(...DATA)
    .option(...COPY, collected)
    .option('--successor', 'where it is refused because entries are lost: end the log, and have another go on')
    .option('--reason <text>', 'with --successor: why; everybody will read it')
    .option('--yes', 'with --successor: do not ask, after saying what is lost')
    .addHelpText('after', examples('unbroken recover --data .unbroken', 'unbroken recover --copy /srv/post/copy'))
    .action((options: RecoverCommandOptions, command: Command) =>
      operate(['recover', ...successorArgs(options)], options, command, around),
    );
};

interface RebuildCommandOptions extends OperatorOptions {
  readonly all?: true;
}

export const addRebuild: AddCommand = (parent, around) => {
  parent
    .command('rebuild')
    .description('operator: make a view again from the log, while its service is stopped; or all of them')
    .argument('[view]', 'dashboard, alerts, sender, courier or receiver')
    .option('--all', 'every view, as after a recover: while none of their services runs')
    .option(...DATA)
    .addHelpText(
      'after',
      examples('unbroken rebuild alerts --data .unbroken', 'unbroken rebuild --all --data .unbroken'),
    )
    .action((view: string | undefined, { all, ...options }: RebuildCommandOptions, command: Command) => {
      if ((view === undefined) !== (all === true))
        throw new UsageError('It is not said which view to make again.', 'Name one of them, or all with --all.');
      return operate(['rebuild', view ?? '--all'], options, command, around);
    });
};

interface EraseCommandOptions extends OperatorOptions {
  readonly named?: readonly string[];
  readonly reason?: string;
  readonly onlyLook?: true;
}

export const addErase: AddCommand = (parent, around) => {
  parent
    .command('erase')
    .description(
      'operator: erase a person: names, contacts, salts and what was written of them; every proof still verifies',
    )
    .option('--named <text>', 'how they are called or reached, whole; may be given often', collected)
    .option('--reason <text>', 'why, in the certificate; it names nobody')
    .option('--only-look', 'say what names them, and erase nothing')
    .option(...DATA)
    .addHelpText(
      'after',
      `${examples(
        'unbroken erase --named "Jane Doe" --named jane@home.example --reason "file 26/0417" --data .unbroken',
        'unbroken erase --data .unbroken',
      )}\n\nWithout --named it goes on with what was begun.`,
    )
    .action(({ named = [], reason, onlyLook, ...options }: EraseCommandOptions, command: Command) =>
      operate(
        [
          'erase',
          ...named.flatMap((name) => [`--named=${name}`]),
          ...(reason === undefined ? [] : [`--reason=${reason}`]),
          ...(onlyLook ? ['--only-look'] : []),
        ],
        options,
        command,
        around,
      ),
    );
};

const successorArgs = ({ successor, reason, yes }: RecoverCommandOptions): string[] => [
  ...(successor ? ['--successor'] : []),
  ...(reason === undefined ? [] : ['--reason', reason]),
  ...(yes ? ['--yes'] : []),
];

/** @throws OperatorEnded with the program's exit code, when that is not 0 */
async function operate(
  args: readonly string[],
  { data, copy = [], bundle = [] }: OperatorOptions,
  command: Command,
  { operate: run }: Surroundings,
): Promise<void> {
  const exitCode = await run([
    ...args,
    ...(data === undefined ? [] : ['--data', data]),
    ...copy.flatMap((folder) => ['--copy', folder]),
    ...bundle.flatMap((file) => ['--bundle', file]),
    ...(command.optsWithGlobals<{ json?: true }>().json ? ['--json'] : []),
  ]);
  if (exitCode !== 0) throw new OperatorEnded(exitCode);
}
