// unbroken party site: one of the party's places, and when people work there.

import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { ownSiteArgument, wholeArgument } from '../arguments.js';
import { readHours } from '../read-hours.js';
import type { Week } from '../read-hours.js';
import { tellOfParty } from '../told-statement.js';

interface Options {
  readonly geo: [number, number];
  readonly radius: number;
  readonly hours?: Week;
  readonly tz: string;
}

export const addPartySite: AddCommand = (parent, around) => {
  parent
    .command('site')
    .description('describe a place of your party: what "at the addressee" and "working hours" mean')
    .argument('<site>', 'its name within the party, such as mailroom', ownSiteArgument)
    .requiredOption('--geo <lat,lon>', 'degrees; kept to about 11 metres', geoArgument)
    .option('--radius <metres>', 'how far around still counts', wholeArgument(1, 100_000), 50)
    .option('--hours <when>', 'working hours, such as mon-fri=08:00-16:00; may be repeated', readHours)
    .option('--tz <zone>', 'time zone of the hours', 'Europe/Copenhagen')
    .addHelpText(
      'after',
      examples(
        'unbroken party site mailroom --as statistics-denmark --geo 55.7076,12.5774 --hours mon-fri=08:00-16:00',
      ),
    )
    .action(async (site: string, { geo, radius, hours: week, tz }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const hours = week === undefined ? {} : { hours: { tz, week } };
      const written = await (await session.rootHand()).site({ site, geo, radius, ...hours });
      await tellOfParty(session, { site, geo, radius, ...hours }, written, [
        `The place ${site} is described: ${radius} m around ${geo.map((part) => part / 10_000).join(', ')}.`,
      ]);
    });
};

/** Degrees to ten-thousandths. */
function geoArgument(typed: string): [number, number] {
  const [, lat, lon] = /^(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(typed) ?? [];
  if (lat !== undefined && lon !== undefined)
    return [Math.round(Number(lat) * 10_000), Math.round(Number(lon) * 10_000)];
  throw new InvalidArgumentError('Write latitude and longitude in degrees: 55.7076,12.5774.');
}
