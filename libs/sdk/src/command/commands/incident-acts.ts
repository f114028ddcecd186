// unbroken incident ack, clock, notified …: what is said and done about an incident, each with its reason.

import { Option } from 'commander';
import type { Command } from 'commander';
import { awareParties } from '@unbroken/contracts';
import type { IncidentAct, IncidentFile } from '@unbroken/contracts';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { Doubt } from '../anyway.js';
import { timeArgument } from '../arguments.js';
import { closingDoubts } from '../incident-doubts.js';
import { fileLines, incidentLines } from '../incident-lines.js';
import { incidentArgument, incidentNamed } from '../incident-named.js';

interface Verb {
  readonly name: string;
  readonly about: string;
  readonly options?: (command: Command) => Command;
  /** The act that the options ask for. */
  readonly act: (options: Readonly<Record<string, unknown>>) => object & { readonly act: IncidentAct['act'] };
  /** What looks wrong with doing it now; only where its options take --anyway. */
  readonly doubts?: (incident: IncidentFile) => readonly (Doubt | undefined)[];
}

const verbs: readonly Verb[] = [
  { name: 'ack', about: 'acknowledge all its alerts: you have seen them and act', act: () => ({ act: 'acknowledge' }) },
  {
    name: 'clock',
    about: 'start the 72 hours: somebody is aware',
    options: (command) =>
      command
        .addOption(new Option('--aware <who>', 'who is aware').choices(awareParties).makeOptionMandatory())
        .option('--at <time>', 'since when; now if left out', timeArgument),
    act: ({ aware, at }) => ({
      act: 'clock',
      aware,
      ...(typeof at === 'number' ? { at: new Date(at * 1000).toISOString() } : {}),
    }),
  },
  {
    name: 'notified',
    about: 'the authority is notified: the clock stops',
    options: (command) =>
      command
        .requiredOption('--authority <name>', 'which authority')
        .option('--reference <number>', 'under which number it has it'),
    act: ({ authority, reference }) => ({
      act: 'notified',
      authority,
      ...(reference === undefined ? {} : { reference }),
    }),
  },
  {
    name: 'not-notified',
    about: 'not to be notified, because of the reason (Art. 33(5)): the clock stops',
    act: () => ({ act: 'not-notified' }),
  },
  {
    name: 'people-told',
    about: 'the people concerned are told (Art. 34)',
    options: (command) => command.requiredOption('--how <text>', 'how they were told'),
    act: ({ how }) => ({ act: 'people-told', how }),
  },
  { name: 'hold', about: 'legal hold: erasure must leave its chains alone', act: () => ({ act: 'hold' }) },
  { name: 'release-hold', about: 'end the legal hold', act: () => ({ act: 'release-hold' }) },
  {
    name: 'note',
    about: 'add a note to its file',
    options: (command) => command.requiredOption('--text <text>', 'what is to be kept'),
    act: ({ text }) => ({ act: 'note', text }),
  },
  {
    name: 'close',
    about: 'close it; its file stays',
    options: (command) => withAnyway(command, 'close'),
    act: () => ({ act: 'close' }),
    doubts: closingDoubts,
  },
];

export const incidentActs: readonly AddCommand[] = verbs.map(
  ({ name, about, options, act, doubts }) =>
    (parent, around) => {
      const verb = parent
        .command(name)
        .description(about)
        .argument('<incident>', 'its id, or a beginning of it; `unbroken incident list` shows yours', incidentArgument)
        .requiredOption('--reason <text>', 'why, in one line')
        .addHelpText('after', examples(`unbroken incident ${name} ID --reason "…" --as health-data`));
      (options?.(verb) ?? verb).action(async (id: string, given: Record<string, unknown>, command: Command) => {
        const session = sessionOf(command, around);
        // Its form is the hub's to refuse, with what is wrong and the cure.
        const said = { ...act(given), reason: given['reason'] } as IncidentAct;
        const incidents = await session.asking.incidents();
        const whole = await incidentNamed(incidents, id);
        if (doubts !== undefined) {
          await settleDoubts(
            given,
            async () => doubts(await incidents.get(whole)),
            `It is not done; add --anyway to ${name} it as it is.`,
          );
        }
        const incident = await incidents.act(whole, said);
        session.tell(incident, [...incidentLines(session, incident), ...fileLines(session, incident).slice(-1)]);
      });
    },
);
