// unbroken sync: carries in what was signed without network, and fetches the receipts that are still missing.

import type { Command } from 'commander';
import type { CarriedIn } from '../../outbox/device-outbox.js';
import { keepCarrying } from '../../outbox/keep-carrying.js';
import type { CarriedToken } from '../../outbox/settling.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';

export const addSync: AddCommand = (parent, around) => {
  parent
    .command('sync')
    .description('carry in what was signed without network, and fetch the receipts that are missing')
    .option('--keep-trying', 'go on until nothing is left to carry in, with pauses of a second up to five minutes')
    .addHelpText('after', examples('unbroken sync', 'unbroken sync --keep-trying'))
    .action(async ({ keepTrying }: { keepTrying?: true }, command: Command) => {
      const session = sessionOf(command, around);
      const { wait } = session.options;
      if (keepTrying === true) {
        const told = (carried: CarriedIn) => tellCarried(session, carried);
        failWhereDoubted(await keepCarrying(session.outbox, { wait, pause: around.pause, told }));
        return;
      }
      const carried = await session.outbox.sync(wait);
      if (carried.stopped !== undefined) throw carried.stopped;
      tellCarried(session, carried);
      failWhereDoubted(carried);
    });
};

const counted = ({ tokens }: CarriedIn, ...states: readonly CarriedToken['state'][]): number =>
  [...tokens.values()].filter(({ state }) => states.includes(state)).length;

function tellCarried(session: Session, carried: CarriedIn): void {
  const { alarm } = session.paint;
  const states = {
    settled: counted(carried, 'settled'),
    awaiting: counted(carried, 'taken', 'recorded'),
    waiting: counted(carried, 'waiting'),
    refused: counted(carried, 'refused'),
    doubted: counted(carried, 'doubted'),
  };
  const malformed = [...carried.tokens].flatMap(([tid, token]) =>
    'malformed' in token ? [`! Recorded, and means nothing (${token.malformed}): ${tid}`] : [],
  );
  session.tell({ ...states, ...(carried.stopped !== undefined && { stopped: carried.stopped.code }) }, [
    `${states.settled} recorded for good, ${states.awaiting} taken and waiting for a receipt, ${states.waiting} still here.`,
    ...malformed,
    ...(states.refused > 0 ? [alarm(`! ${states.refused} refused: see \`unbroken outbox\`.`)] : []),
    ...(carried.stopped === undefined ? [] : [carried.stopped.message]),
  ]);
}

/** @throws CannotBeDone where what the hub gave for a token does not hold */
function failWhereDoubted({ tokens }: CarriedIn): void {
  for (const [tid, token] of tokens) {
    if (token.state !== 'doubted') continue;
    throw new CannotBeDone(
      'receipt.false',
      `What the hub gave for ${tid} does not hold: ${token.fault.message}.`,
      'Keep your home directory as it is, and ask the operator; the token stays in the outbox.',
    );
  }
}
