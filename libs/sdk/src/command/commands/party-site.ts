// unbroken party site: one of the party's places, and when people work there.

import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { ownSiteArgument, wholeArgument } from '../arguments.js';
import { readHours } from '../read-hours.js';
import type { Week } from '../read-hours.js';
import { UsageError } from '../told-failure.js';
import { tellOfParty } from '../told-statement.js';

interface Options {
  readonly geo: [number, number];
  readonly radius: number;
  readonly hours?: Week;
  readonly tz: string;
  readonly closed?: string[];
}

export const addPartySite: AddCommand = (parent, around) => {
  parent
    .command('site')
    .description('describe a place of your party: what "at the addressee" and "working hours" mean')
    .argument('<site>', 'its name within the party, such as mailroom', ownSiteArgument)
    .requiredOption('--geo <lat,lon>', 'degrees; kept to about 11 metres', geoArgument)
    .option('--radius <metres>', 'how far around still counts', wholeArgument(1, 100_000), 50)
    .option('--hours <when>', 'working hours, such as mon-fri=08:00-16:00; may be repeated', readHours)
    .option('--closed <date>', 'a day nobody works, such as 2026-12-25; may be repeated', dateArgument)
    .option('--tz <zone>', 'time zone of the hours', 'Europe/Copenhagen')
    .addHelpText(
      'after',
      examples(
        'unbroken party site mailroom --as statistics-denmark --geo 55.7076,12.5774 --hours mon-fri=08:00-16:00',
      ),
    )
    .action(async (site: string, { geo, radius, hours: week, tz, closed }: Options, command: Command) => {
      const session = sessionOf(command, around);
      if (week === undefined && closed !== undefined)
        throw new UsageError(
          'Days off say nothing without working hours.',
          'Add --hours, such as mon-fri=08:00-16:00.',
        );
      const hours = week === undefined ? {} : { hours: { tz, week, ...(closed === undefined ? {} : { closed }) } };
      const written = await (await session.rootHand()).site({ site, geo, radius, ...hours });
      await tellOfParty(session, { site, geo, radius, ...hours }, written, [
        `The place ${site} is described: ${radius} m around ${geo.map((part) => part / 10_000).join(', ')}.`,
      ]);
    });
};

/** Added to what was given before. */
function dateArgument(typed: string, before: string[] = []): string[] {
  if (/^\d{4}-\d\d-\d\d$/.test(typed)) return [...before, typed];
  throw new InvalidArgumentError('Write the date as 2026-12-25.');
}

/** Degrees to ten-thousandths. */
function geoArgument(typed: string): [number, number] {
  const [, lat, lon] = /^(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(typed) ?? [];
  if (lat !== undefined && lon !== undefined)
    return [Math.round(Number(lat) * 10_000), Math.round(Number(lon) * 10_000)];
  throw new InvalidArgumentError('Write latitude and longitude in degrees: 55.7076,12.5774.');
}
