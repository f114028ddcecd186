// unbroken outbox: what is kept on this device because no final receipt is held for it yet.

import type { Command } from 'commander';
import { formatManifest, isPiece, manifestOfPieces, tokenOfPiece } from '@unbroken/manifests';
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
import { manifestLines } from '../told-manifest.js';

export const addOutbox: AddCommand = (parent, around) => {
  parent
    .command('outbox')
    .description('what was signed or scanned here and is not finally recorded yet')
    .option('--code <statement>', 'show the code of that offer or answer again', statementArgument)
    .option('--set-aside <statement>', 'tell that refused one no more; it is kept', statementArgument)
    .option('--all', 'those that were set aside too')
    .addHelpText(
      'after',
      examples('unbroken outbox', 'unbroken outbox --code TOKENID', 'unbroken outbox --set-aside TOKENID'),
    )
    .action(async ({ code, setAside, all }: Given, command: Command) => {
      const session = sessionOf(command, around);
      const tokens = await session.outbox.list();
      if (code !== undefined) {
        tellCode(session, tokens, code);
      } else if (setAside !== undefined) {
        await putAside(session, tokens, setAside);
      } else {
        const told = all === true ? tokens : tokens.filter(({ aside }) => aside === undefined);
        session.tell({ tokens: told.map(shown) }, told.length === 0 ? [EMPTY] : linesOf(session, told));
      }
    });
};

interface Given {
  readonly code?: string;
  readonly setAside?: string;
  readonly all?: true;
}

const EMPTY = 'Nothing waits: everything signed here is recorded, and its receipts are kept.';

const shown = (token: OutboxToken) => {
  const { tid, claims } = envelopeOf(token);
  const { iss, sub, evt } = claims;
  return { tid, iss, sub, evt, ...token };
};

function linesOf(session: Session, tokens: readonly OutboxToken[]): string[] {
  const { alarm, quiet } = session.paint;
  return tokens.flatMap((token) => {
    const { tid, iss, sub, evt, kept, taken, refused, aside } = shown(token);
    const label = isShipmentId(sub) ? formatShipmentId(sub) : sub;
    const line = `${label}  ${evt} by ${iss}, kept ${moment(Date.parse(kept))}`;
    if (refused !== undefined) {
      return [
        `${aside === undefined ? alarm('! refused') : '· set aside'}  ${line} ${quiet(tid)}`,
        `    ${refused.what} ${quiet(refused.code)}`,
        `    ${refused.cure}`,
      ];
    }
    if (taken === undefined) return [`· to be carried in  ${line} ${quiet(tid)}`];
    return [
      `· taken  ${line} ${quiet(tid)}`,
      '    The hub has it for good; `unbroken sync` fetches its final receipt.',
    ];
  });
}

async function putAside(session: Session, tokens: readonly OutboxToken[], id: string): Promise<void> {
  const [only, another] = tokens.map(envelopeOf).filter(({ tid }) => tid.startsWith(id));
  if (only === undefined || another !== undefined || !(await session.outbox.setAside(only.tid))) {
    throw new CannotBeDone(
      'outbox.not-refused',
      'No refused statement of this id is kept here, or more than one begins so.',
      'See `unbroken outbox`: what is not refused is still to be recorded, and is never set aside.',
    );
  }
  session.tell({ tid: only.tid }, ['Set aside: it is kept in the outbox, and shown with `unbroken outbox --all`.']);
}

/** A piece is shown with all others of its manifest: the signature is over all. */
function tellPieces(session: Session, tokens: readonly OutboxToken[], found: OutboxToken): void {
  const statements = tokens.map(({ token }) => token);
  const manifest = manifestOfPieces(tokenOfPiece(found.token), statements);
  if (manifest === undefined) {
    throw new CannotBeDone(
      'outbox.manifest-parted',
      'Some parcels of its manifest are recorded already, so that it cannot be shown any more.',
      'Carry the others in with `unbroken sync`; the other party finds them in their chains.',
    );
  }
  session.tell({ tid: envelopeOf(found).tid, manifest: formatManifest(manifest) }, manifestLines(manifest, undefined));
}

function tellCode(session: Session, tokens: readonly OutboxToken[], id: string): void {
  const found = tokens.find((token) => envelopeOf(token).tid.startsWith(id));
  if (found !== undefined && isPiece(found.token)) {
    tellPieces(session, tokens, found);
    return;
  }
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
