// unbroken register: a sender opens the chain of a parcel.

import { Option } from 'commander';
import type { Command } from 'commander';
import { classes } from '@unbroken/custody';
import type { Confidentiality } from '@unbroken/custody';
import { formatShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import type { Registration } from '../../signing/hand.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { partiesArgument, partyArgument, timeArgument, wholeArgument } from '../arguments.js';
import { UsageError } from '../told-failure.js';
import { tellRecorded } from '../told-statement.js';

interface Options {
  readonly to: PartyId;
  readonly via?: PartyId[];
  readonly contents: string;
  readonly class: Confidentiality;
  readonly enc: Registration['enc']['how'];
  readonly due: number;
  readonly pieces: number;
  readonly kind: Registration['kind'];
  readonly basis?: string;
  readonly s10?: string;
}

export const addRegister: AddCommand = (parent, around) => {
  parent
    .command('register')
    .description('register a parcel: what it is, for whom, by which hands. Signs and sends; it has not left by that')
    .requiredOption('--to <party>', 'consignee', partyArgument)
    .option('--via <parties>', 'couriers in order, with commas between', partiesArgument)
    .requiredOption('--contents <text>', 'what is in it: only a commitment is signed, the text stays in the home')
    .addOption(new Option('--class <class>', 'how confidential').choices(classes).makeOptionMandatory())
    .addOption(
      new Option('--enc <how>', 'how it is encrypted')
        .choices(['none', 'age', 'luks', 'veracrypt', 'zip-aes', 'other'])
        .makeOptionMandatory(),
    )
    .requiredOption('--due <time>', 'when it must have arrived', timeArgument)
    .option('--pieces <number>', 'outer pieces', wholeArgument(1, 1_000_000), 1)
    .addOption(new Option('--kind <kind>', 'what travels').choices(['physical', 'digital']).default('physical'))
    .option('--basis <code=reference>', 'legal basis, such as "GDPR-9.2.j=Act on Statistics, s. 6"')
    .option('--s10 <number>', 'the carrier’s own number on the parcel')
    .addHelpText(
      'after',
      examples(
        'unbroken register --to statistics-denmark --via danish-post --contents "2 CDs" --class sensitive \\\n' +
          '      --enc veracrypt --basis "GDPR-9.2.j=Act on Statistics, s. 6" --due 2026-12-01',
      ),
    )
    .action(async (options: Options, command: Command) => {
      const session = sessionOf(command, around);
      const hand = await session.hand('sender');
      const contents = await session.salts.commit('contents', options.contents);
      const said = registration(options, contents);
      const draft = await session.client.draftShipment({
        ...said,
        iss: hand.pen.party,
        contents: { commitment: contents },
      });
      const { sub, tid, pending } = await hand.register(said);
      const { alarm, quiet, strong } = session.paint;
      tellRecorded(session, { sub, tid, pending, warnings: draft.warnings }, [
        `Registered for ${options.to}: ${strong(formatShipmentId(sub))}  ${quiet(tid)}`,
        ...draft.warnings.map(({ detail, cure }) => `${alarm('!')} ${detail} ${cure}`),
      ]);
    });
};

function registration(options: Options, contents: Registration['contents']): Registration {
  const { kind, to, via, enc, due, pieces, basis, s10 } = options;
  return {
    kind,
    to,
    contents,
    class: options.class,
    enc: { how: enc },
    due,
    pieces,
    ...(via === undefined ? {} : { via }),
    ...(basis === undefined ? {} : { basis: readBasis(basis) }),
    ...(s10 === undefined ? {} : { refs: { s10 } }),
  };
}

function readBasis(typed: string): NonNullable<Registration['basis']> {
  const [code, ...ref] = typed.split('=');
  if (code !== undefined && ref.length > 0) return { code, ref: ref.join('=') };
  throw new UsageError(`"${typed}" is no legal basis.`, 'Write its code, an equals sign and where it stands.');
}
