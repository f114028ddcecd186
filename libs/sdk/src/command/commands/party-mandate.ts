// unbroken party mandate: another party may accept parcels in this one's name.

import type { Command } from 'commander';
import { isSiteId } from '@unbroken/tokens';
import type { PartyId, SiteId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { AnywayOption } from '../anyway.js';
import { ownSiteArgument, partyArgument, timeArgument } from '../arguments.js';
import { partyDoubt, siteDoubt } from '../known-party.js';
import { moment } from '../moment.js';
import { tellOfParty } from '../told-statement.js';

interface Options extends AnywayOption {
  readonly site?: string;
  readonly until?: number;
}

export const addPartyMandate: AddCommand = (parent, around) => {
  const mandate = parent
    .command('mandate')
    .description('let another party accept for yours: the house’s mailroom, a subcontractor')
    .argument('<party>', 'who may accept', partyArgument)
    .option('--site <site>', 'only at this place of yours; left out: everywhere', ownSiteArgument)
    .option('--until <time>', 'until when; a time that has passed ends the mandate', timeArgument)
    .addHelpText(
      'after',
      examples(
        'unbroken party mandate visa-centre --as statistics-denmark --site mailroom --until 2026-12-31',
        'unbroken party mandate visa-centre --as statistics-denmark --site mailroom --until 2026-11-21T08:00Z',
      ),
    );
  withAnyway(mandate).action(async (party: PartyId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { site, until } = options;
    const own = await session.party();
    await settleDoubts(options, () =>
      Promise.all([
        partyDoubt(session.client, party),
        siteDoubt(session.client, site === undefined ? undefined : wholeSite(own, site)),
      ]),
    );
    const said = { party, ...(site === undefined ? {} : { site }), ...(until === undefined ? {} : { until }) };
    const written = await (await session.rootHand()).mandate(said);
    const where = site === undefined ? '' : ` at ${site}`;
    const end = until === undefined ? '' : ` until ${moment(until * 1000)}`;
    await tellOfParty(session, said, written, [`${party} may accept for ${own}${where}${end}.`]);
  });
};

const wholeSite = (own: PartyId, site: string): SiteId => (isSiteId(site) ? site : (`${own}/${site}` as SiteId));
