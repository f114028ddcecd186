// unbroken incident open, list, show: a party's own incidents.

import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { MOST_ALERTS } from '../follow-alerts.js';
import { fileLines, incidentLines, phaseLines } from '../incident-lines.js';
import { incidentArgument, incidentNamed } from '../incident-named.js';
import { CannotBeDone, UsageError } from '../told-failure.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const alertArgument = (typed: string, before: readonly string[] = []): readonly string[] => {
  if (UUID.test(typed)) return [...before, typed];
  throw new InvalidArgumentError('`unbroken alerts` shows the id of each alert at its end.');
};

interface Opening {
  readonly alert?: readonly string[];
  readonly shipment?: ShipmentId;
  readonly reason: string;
}

export const addIncidentOpen: AddCommand = (parent, around) => {
  parent
    .command('open')
    .description('make one incident of alerts that you are told of; its file begins')
    .option('--alert <id>', 'an alert; may be repeated', alertArgument)
    .option('--shipment <id>', 'all open alerts of one parcel', shipmentArgument)
    .requiredOption('--reason <text>', 'why, in one line')
    .addHelpText(
      'after',
      examples(
        'unbroken incident open --shipment 7K2M-9QX4-T1B8-ZC3V-2 --reason "the envelope came open" --as health-data',
      ),
    )
    .action(async ({ alert = [], shipment, reason }: Opening, command: Command) => {
      const session = sessionOf(command, around);
      const party = await session.party();
      if (alert.length === 0 && shipment === undefined) {
        throw new UsageError(
          'It is not said what it is about.',
          'Name alerts with --alert, or a parcel with --shipment.',
        );
      }
      const ofParcel =
        shipment === undefined
          ? []
          : (await session.client.alerts({ sub: shipment, party, state: 'open', limit: MOST_ALERTS })).alerts;
      const alerts = [...new Set([...alert, ...ofParcel.map(({ id }) => id)])];
      if (alerts.length === 0) {
        throw new CannotBeDone(
          'incident.alerts',
          `No alert of that parcel is open for ${party}.`,
          'See `unbroken alerts`.',
        );
      }
      const incident = await (await session.asking.incidents()).open({ alerts, reason });
      session.tell(incident, incidentLines(session, incident));
    });
};

export const addIncidentList: AddCommand = (parent, around) => {
  parent
    .command('list')
    .description('your incidents, open ones first')
    .addHelpText('after', examples('unbroken incident list --as health-data'))
    .action(async (_: object, command: Command) => {
      const session = sessionOf(command, around);
      const incidents = await (await session.asking.incidentsToList()).list();
      const lines = incidents.flatMap((incident) => incidentLines(session, incident));
      session.tell({ incidents }, lines.length === 0 ? ['No incidents.'] : lines);
    });
};

export const addIncidentShow: AddCommand = (parent, around) => {
  parent
    .command('show')
    .description('one incident, with everything said and done')
    .argument('<incident>', 'its id, or a beginning of it', incidentArgument)
    .addHelpText('after', examples('unbroken incident show ID --as health-data'))
    .action(async (id: string, _: object, command: Command) => {
      const session = sessionOf(command, around);
      const incidents = await session.asking.incidents();
      const incident = await incidents.get(await incidentNamed(incidents, id));
      session.tell(incident, [
        ...incidentLines(session, incident),
        ...phaseLines(incident),
        ...fileLines(session, incident),
      ]);
    });
};
