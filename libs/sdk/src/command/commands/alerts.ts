// unbroken alerts: what somebody must act on, as it comes.

import type { Command } from 'commander';
import type { Alert } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { namesOf } from '../../words/names.js';
import type { NameOf } from '../../words/names.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { ago, moment } from '../moment.js';
import type { Session } from '../session.js';
import { UsageError } from '../told-failure.js';

interface Options {
  readonly follow?: true;
  readonly shipment?: ShipmentId;
  readonly ack?: string;
  readonly resolve?: string;
  readonly reason?: string;
}

const POLL_MS = 1000;
const MOST = 200;

export const addAlerts: AddCommand = (parent, around) => {
  parent
    .command('alerts')
    .description('open alerts: what happened, who is responsible, what to do now')
    .option('--follow', 'keep watching and tell new ones as they come; end with Ctrl-C')
    .option('--shipment <id>', 'only those of one parcel', shipmentArgument)
    .option('--ack <alert>', 'acknowledge one: you have seen it and act on it')
    .option('--resolve <alert>', 'resolve one: it is dealt with')
    .option('--reason <text>', 'why, in one line')
    .addHelpText(
      'after',
      examples(
        'unbroken alerts',
        'unbroken alerts --follow',
        'unbroken alerts --ack ID --reason "courier is on the way back" --as danish-post',
      ),
    )
    .action(async (options: Options, command: Command) => {
      const session = sessionOf(command, around);
      if (options.ack !== undefined || options.resolve !== undefined) await decide(session, options);
      else if (options.follow === true) await follow(session, options.shipment);
      else await list(session, options.shipment);
    });
};

async function decide(session: Session, { ack, resolve, reason }: Options): Promise<void> {
  if (reason === undefined) throw new UsageError('It is not said why.', 'Add --reason "…" in one line.');
  const decision = { by: await session.party(), reason };
  if (ack !== undefined) tellDecided(session, await session.client.acknowledge(ack, decision));
  if (resolve !== undefined) tellDecided(session, await session.client.resolve(resolve, decision));
}

const tellDecided = (session: Session, alert: Alert): void =>
  session.tell(alert, [`${alert.state === 'resolved' ? 'Resolved' : 'Acknowledged'}: ${alert.sentence}`]);

async function list(session: Session, sub: ShipmentId | undefined): Promise<void> {
  const page = await session.client.alerts({ state: 'open', limit: MOST, ...(sub === undefined ? {} : { sub }) });
  const name = await namesIn(session, page.alerts);
  const more = page.cursor === null ? [] : [`There are more than ${MOST}; look at one parcel with --shipment.`];
  session.tell(page, [
    ...(page.alerts.length === 0 ? ['No open alerts.'] : page.alerts.flatMap((alert) => shown(session, alert, name))),
    ...more,
  ]);
}

async function follow(session: Session, sub: ShipmentId | undefined): Promise<void> {
  const told = new Set<string>();
  if (session.options.json !== true) session.around.err.write('Watching; Ctrl-C ends it.\n');
  for (;;) {
    const filter = { state: 'open', limit: MOST, ...(sub === undefined ? {} : { sub }) } as const;
    const fresh = (await session.client.alerts(filter)).alerts.filter(({ id }) => !told.has(id)).toReversed();
    const name = await namesIn(session, fresh);
    for (const alert of fresh) {
      told.add(alert.id);
      session.tell(alert, shown(session, alert, name));
    }
    await session.around.pause(POLL_MS);
  }
}

const namesIn = (session: Session, alerts: readonly Alert[]): Promise<NameOf> =>
  namesOf(
    session.client,
    alerts.flatMap(({ responsible }) => responsible ?? []),
  );

function shown({ paint, around }: Session, alert: Alert, name: NameOf): string[] {
  const raised = Date.parse(alert.raisedAt);
  const seen = alert.state === 'acknowledged' ? `, acknowledged by ${alert.acknowledged?.by ?? 'somebody'}` : '';
  return [
    `${paint.alarm('!')} ${paint.strong(alert.sentence)}`,
    `  ${formatShipmentId(alert.sub)}, ${moment(raised)}, ${ago(around.now() - raised)}; ${name(alert.responsible)} is responsible${seen}`,
    ...alert.next.map((step, place) => `  ${place + 1}. ${step}`),
    `  ${paint.quiet(`${alert.code} ${alert.severity} ${alert.id}`)}`,
  ];
}
