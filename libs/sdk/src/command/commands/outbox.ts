// unbroken outbox: what is kept on this device because no final receipt is held for it yet.

import type { Command } from 'commander';
import { formatShipmentId, isShipmentId } from '@unbroken/tokens';
import { envelopeOf } from '../../outbox/outbox-token.js';
import type { OutboxToken } from '../../outbox/outbox-token.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { statementArgument } from '../statement-named.js';
import { moment } from '../moment.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';
import { codeLines } from '../told-kept.js';

export const addOutbox: AddCommand = (parent, around) => {
  parent
    .command('outbox')
    .description('what was signed or scanned here and is not finally recorded yet')
    .option('--code <statement>', 'show the code of that offer or answer again', statementArgument)
    .addHelpText('after', examples('unbroken outbox', 'unbroken outbox --json', 'unbroken outbox --code TOKENID'))
    .action(async ({ code }: { code?: string }, command: Command) => {
      const session = sessionOf(command, around);
      const tokens = await session.outbox.list();
      if (code !== undefined) {
        tellCode(session, tokens, code);
        return;
      }
      session.tell({ tokens: tokens.map(shown) }, tokens.length === 0 ? [EMPTY] : linesOf(session, tokens));
    });
};

const EMPTY = 'Nothing waits: everything signed here is recorded, and its receipts are kept.';

const shown = (token: OutboxToken) => {
  const { tid, claims } = envelopeOf(token);
  const { iss, sub, evt } = claims;
  return { tid, iss, sub, evt, ...token };
};

function linesOf(session: Session, tokens: readonly OutboxToken[]): string[] {
  const { alarm, quiet } = session.paint;
  return tokens.flatMap((token) => {
    const { tid, iss, sub, evt, kept, taken, refused } = shown(token);
    const label = isShipmentId(sub) ? formatShipmentId(sub) : sub;
    const line = `${label}  ${evt} by ${iss}, kept ${moment(Date.parse(kept))}`;
    if (refused !== undefined) {
      return [
        `${alarm('! refused')}  ${line} ${quiet(tid)}`,
        `    ${refused.what} ${quiet(refused.code)}`,
        `    ${refused.cure}`,
      ];
    }
    return [`${taken === undefined ? '· to be carried in' : '· taken, its receipt is awaited'}  ${line} ${quiet(tid)}`];
  });
}

function tellCode(session: Session, tokens: readonly OutboxToken[], id: string): void {
  const found = tokens.find((token) => envelopeOf(token).tid.startsWith(id));
  const lines = found === undefined ? [] : codeLines(session, found.token);
  if (found !== undefined && lines.length > 0) {
    session.tell({ tid: envelopeOf(found).tid, code: found.token }, lines);
    return;
  }
  throw new CannotBeDone(
    'outbox.no-code',
    'No offer and no answer of this id is kept here.',
    'See `unbroken outbox`: what is settled is recorded, and needs no code any more.',
  );
}
