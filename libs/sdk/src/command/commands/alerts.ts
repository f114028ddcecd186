// unbroken alerts: what somebody must act on, as it comes.

import type { Command } from 'commander';
import type { Alert } from '@unbroken/contracts';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { alertLines } from '../alert-lines.js';
import { partyArgument, shipmentArgument } from '../arguments.js';
import { followAlerts, MOST_ALERTS } from '../follow-alerts.js';
import type { Session } from '../session.js';
import { UsageError } from '../told-failure.js';

interface Options {
  readonly follow?: true;
  readonly shipment?: ShipmentId;
  readonly ack?: string;
  readonly assign?: string;
  readonly to?: PartyId;
  readonly contact?: string;
  readonly resolve?: string;
  readonly reason?: string;
}

export const addAlerts: AddCommand = (parent, around) => {
  parent
    .command('alerts')
    .description('open alerts: what happened, who is responsible, what to do now')
    .option('--follow', 'keep watching and tell new ones as they come; end with Ctrl-C')
    .option('--shipment <id>', 'only those of one parcel', shipmentArgument)
    .option('--ack <alert>', 'acknowledge one: you have seen it and act on it')
    .option('--assign <alert>', 'make one the task of a party: --to, and of one of its contacts: --contact')
    .option('--to <party>', 'whose task it is to be', partyArgument)
    .option('--contact <id>', 'the contact of that party who is told')
    .option('--resolve <alert>', 'resolve one: it is dealt with')
    .option('--reason <text>', 'why, in one line')
    .addHelpText(
      'after',
      examples(
        'unbroken alerts',
        'unbroken alerts --follow',
        'unbroken alerts --assign ID --to danish-post --contact duty-desk --reason "their depot" --as health-data',
        'unbroken alerts --ack ID --reason "courier is on the way back" --as danish-post',
      ),
    )
    .action(async (options: Options, command: Command) => {
      const session = sessionOf(command, around);
      if ((options.ack ?? options.resolve ?? options.assign) !== undefined) await decide(session, options);
      else if (options.follow === true) await followAlerts(session, options.shipment);
      else await list(session, options.shipment);
    });
};

async function decide(session: Session, { ack, assign, to, contact, resolve, reason }: Options): Promise<void> {
  if (reason === undefined) throw new UsageError('It is not said why.', 'Add --reason "…" in one line.');
  const decision = { by: await session.party(), reason };
  if (ack !== undefined) tellDecided(session, await session.client.acknowledge(ack, decision));
  if (assign !== undefined) {
    if (to === undefined) throw new UsageError('It is not said whose task it is to be.', 'Add --to PARTY.');
    const given = { ...decision, to, ...(contact === undefined ? {} : { contact }) };
    const alert = await session.client.assign(assign, given);
    session.tell(alert, [`Assigned to ${contact === undefined ? to : `${to} (${contact})`}: ${alert.sentence}`]);
  }
  if (resolve !== undefined) tellDecided(session, await session.client.resolve(resolve, decision));
}

const tellDecided = (session: Session, alert: Alert): void =>
  session.tell(alert, [`${alert.state === 'resolved' ? 'Resolved' : 'Acknowledged'}: ${alert.sentence}`]);

async function list(session: Session, sub: ShipmentId | undefined): Promise<void> {
  const filter = { state: 'open', limit: MOST_ALERTS, ...(sub === undefined ? {} : { sub }) } as const;
  const page = await session.client.alerts(filter);
  const lines = page.alerts.length === 0 ? ['No open alerts.'] : (await alertLines(session, page.alerts)).flat();
  const more = page.cursor === null ? [] : [`There are more than ${MOST_ALERTS}; look at one parcel with --shipment.`];
  session.tell(page, [...lines, ...more]);
}
