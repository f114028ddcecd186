// unbroken incident draft, phase, register: the notification to the authority, the text for the people concerned, and the
// register of all (GDPR Art. 33(3) to (5), 34).

import type { Command } from 'commander';
import { notificationItems } from '@unbroken/contracts';
import type { IncidentRegister, NotificationDraft, NotificationItem } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import { notificationDocument, peopleDocument } from '@unbroken/words';
import type { ShipmentNotes } from '../../keys/shipment-notes.js';
import { namesOf } from '../../words/names.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { wholeArgument } from '../arguments.js';
import { fileLines, incidentLines } from '../incident-lines.js';
import { incidentArgument, incidentNamed } from '../incident-named.js';
import { writeNewFile } from '../new-file.js';
import type { Session } from '../session.js';
import { tellDocument } from '../told-document.js';
import { CannotBeDone, UsageError } from '../told-failure.js';

interface Wanted {
  readonly people?: true;
  readonly phase?: number;
  readonly pdf?: string;
}

export const addIncidentDraft: AddCommand = (parent, around) => {
  parent
    .command('draft')
    .description('the notification to the authority, every item filled from what is known or called unknown')
    .argument('<incident>', 'its id, or a beginning of it', incidentArgument)
    .option('--phase <number>', 'as it was fixed in this phase', wholeArgument(1, 1_000))
    .option('--people', 'the text for the people concerned, in plain words, instead')
    .option('--pdf <file>', 'as a PDF. An existing file is never written over')
    .addHelpText(
      'after',
      examples('unbroken incident draft ID --as health-data', 'unbroken incident draft ID --people --pdf letter.pdf'),
    )
    .action(async (typed: string, { people, phase, pdf }: Wanted, command: Command) => {
      const session = sessionOf(command, around);
      const incidents = await session.asking.incidents();
      const id = await incidentNamed(incidents, typed);
      const draft = await incidents.draft(id);
      if (phase !== undefined && phase > draft.phases.length) {
        throw new CannotBeDone(
          'incident.phase',
          `It has ${draft.phases.length} phases.`,
          'Name one of them, or leave --phase out.',
        );
      }
      const name = await namesOf(session.client, [draft.controller]);
      const document = people === true ? peopleDocument(draft, name) : notificationDocument(draft, name, phase);
      await tellDocument(session, document, { pdf, json: draft, name: `incident-${id}` });
    });
};

/** An item's option: peopleNumber → --people-number. */
const optionOf = (item: NotificationItem): string => item.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const addIncidentPhase: AddCommand = (parent, around) => {
  const phase = parent
    .command('phase')
    .description(
      'fix the draft as the next phase: what you tell the authority now; what you do not say stays as it was',
    )
    .argument('<incident>', 'its id, or a beginning of it', incidentArgument)
    .requiredOption('--reason <text>', 'why now, in one line')
    .addHelpText(
      'after',
      examples(
        'unbroken incident phase ID --reason "first word" --people-number "about 5,282,616" --contact "DPO, dpo@health.example"',
      ),
    );
  for (const item of notificationItems)
    phase.option(`--${optionOf(item)} <text>`, 'in your words; else as computed, else unknown');
  phase.action(
    async (typed: string, given: { reason: string } & Partial<Record<NotificationItem, string>>, command: Command) => {
      const session = sessionOf(command, around);
      const { reason, ...all } = given;
      const said = Object.fromEntries(
        notificationItems.flatMap((item) => (all[item] === undefined ? [] : [[item, all[item]]])),
      );
      const incidents = await session.asking.incidents();
      const id = await incidentNamed(incidents, typed);
      const noted = await notesOf(session, await incidents.draft(id));
      const incident = await incidents.act(id, { act: 'phase', said: { ...noted, ...said }, reason });
      session.tell(incident, [
        `✓ Phase ${incident.phases} is fixed. It is not sent by that: take it with \`unbroken incident draft ${id} --phase ${incident.phases}\`.`,
        ...incidentLines(session, incident),
        ...fileLines(session, incident).slice(-1),
      ]);
    },
  );
};

/** What the sender keeps of the incident's parcels, for items that nobody has said anything of; of several, one below the other. */
async function notesOf({ notes }: Session, { incident, items }: NotificationDraft): Promise<ShipmentNotes> {
  const kept = await Promise.all(incident.shipments.map(async (sub) => ({ sub, notes: await notes.of(sub) })));
  return Object.fromEntries(
    noteItems.flatMap((item) => {
      const lines = kept.flatMap(({ sub, notes: { [item]: note } }) =>
        note === undefined ? [] : [kept.length === 1 ? note : `${formatShipmentId(sub)}: ${note}`],
      );
      return lines.length === 0 || items[item].said !== null ? [] : [[item, lines.join('\n')]];
    }),
  );
}

const noteItems = ['peopleCategories', 'peopleNumber', 'recordCategories', 'recordNumber'] as const;

export const addIncidentRegister: AddCommand = (parent, around) => {
  parent
    .command('register')
    .description('all your incidents with facts, effects and measures, notified or not, and why (Art. 33(5))')
    .option('--csv <file>', 'as a table. An existing file is never written over')
    .addHelpText('after', examples('unbroken incident register --csv register.csv --as health-data'))
    .action(async ({ csv }: { csv?: string }, command: Command) => {
      const session = sessionOf(command, around);
      if (csv !== undefined && session.options.json === true) {
        throw new UsageError('A table and JSON are both asked for.', 'Leave one of --csv and --json out.');
      }
      const register = await (await session.asking.incidents()).register();
      if (csv === undefined) {
        const lines = register.incidents.flatMap(({ incident, facts }) => [
          ...incidentLines(session, incident),
          ...facts.split('\n').map((line) => `  ${line}`),
        ]);
        session.tell(register, lines.length === 0 ? ['The register is empty.'] : lines);
        return;
      }
      await writeNewFile(csv, tableOf(register));
      const { length } = register.incidents;
      session.tell(register, [`✓ ${csv}: ${length} ${length === 1 ? 'incident' : 'incidents'} of ${register.party}.`]);
    });
};

const columns = [
  'incident',
  'opened',
  'state',
  'parcels',
  'controller_aware',
  'decided',
  'decided_at',
  'why',
  'authority',
  'reference',
  'facts',
  'effects',
  'measures',
];

/** RFC 4180. */
function tableOf({ incidents }: IncidentRegister): string {
  const rows = incidents.map(({ incident, facts, effects, measures }) => {
    const { controllerAware, stopped } = incident.clock;
    const { how = '', at = '', reason = '', authority = '', reference = '' } = stopped ?? {};
    const said = [how, at, reason, authority, reference, facts, effects, measures];
    return [
      incident.id,
      incident.openedAt,
      incident.state,
      String(incident.shipmentCount),
      controllerAware ?? '',
      ...said,
    ];
  });
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell that a spreadsheet would take for a formula is text (OWASP, CSV injection). */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
