// unbroken register: a sender opens the chain of a parcel.

import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { classes } from '@unbroken/custody';
import type { Confidentiality } from '@unbroken/custody';
import type { DraftWarning } from '@unbroken/contracts';
import { commitment, formatShipmentId, newSalt } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import type { StoredKey } from '../../keys/key-store.js';
import type { ShipmentNotes } from '../../keys/shipment-notes.js';
import type { Registration } from '../../signing/hand.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { AnywayOption, Doubt } from '../anyway.js';
import { lineArgument, partiesArgument, partyArgument, timeArgument, wholeArgument } from '../arguments.js';
import { cureFor } from '../cures.js';
import { registrantDoubt } from '../four-eyes.js';
import { guestDoubt, guestNamed, keptGuest, withGuest } from '../guest-named.js';
import type { GuestOptions } from '../guest-named.js';
import { partyDoubt } from '../known-party.js';
import { registrationDoubts } from '../registration-doubts.js';
import type { Session } from '../session.js';
import { tellRecorded } from '../told-statement.js';

interface Options extends AnywayOption, GuestOptions, ShipmentNotes {
  readonly to: PartyId;
  readonly via?: PartyId[];
  readonly contents: string;
  readonly class: Confidentiality;
  readonly enc: Registration['enc']['how'];
  readonly due: number;
  readonly pieces: number;
  readonly kind: Registration['kind'];
  readonly basis?: NonNullable<Registration['basis']>;
  readonly s10?: string;
}

/** For the day when something goes wrong. */
const NOTED = 'stays in the home, for a notification of a breach';

export const addRegister: AddCommand = (parent, around) => {
  const register = parent
    .command('register')
    .description('register a parcel: what it is, for whom, by which hands. Signs and sends; it has not left by that')
    .requiredOption('--to <party>', 'consignee; guest for somebody without keys', partyArgument)
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
    .option('--basis <code=reference>', 'legal basis, such as "GDPR-9.2.j=Act on Statistics, s. 6"', basisArgument)
    .option('--s10 <number>', 'the carrier’s own number on the parcel')
    .option('--people-categories <text>', `whom it is about; ${NOTED}`, lineArgument)
    .option('--people-number <text>', `about how many people; ${NOTED}`, lineArgument)
    .option('--record-categories <text>', `which kinds of records; ${NOTED}`, lineArgument)
    .option('--record-number <text>', `about how many records; ${NOTED}`, lineArgument)
    .addHelpText(
      'after',
      examples(
        'unbroken register --to statistics-denmark --via danish-post --contents "2 CDs" --class sensitive \\\n' +
          '      --enc veracrypt --basis "GDPR-9.2.j=Act on Statistics, s. 6" --due 2026-12-01',
        'unbroken register --to guest --guest-name "Anna Jensen" --guest-email anna@example.org --via danish-post \\\n' +
          '      --contents "a letter" --class internal --enc none --due 2026-12-01',
      ),
    );
  withGuest(withAnyway(register)).action(async (options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const guest = guestNamed(options.to, options);
    const key = await session.device();
    const warnings = await foreseen(session, key.party, options);
    await settleDoubts(options, async () => [
      guestDoubt(options.to, guest),
      ...registrationDoubts(warnings),
      ...(await doubts(session, key, options, warnings)),
    ]);
    const contents = await session.salts.commit('contents', options.contents);
    const named = guest === undefined ? {} : { guest: await keptGuest(session, guest) };
    const written = await (await session.hand('sender')).register({ ...registration(options, contents), ...named });
    const { peopleCategories, peopleNumber, recordCategories, recordNumber } = options;
    // A crash before this leaves it registered without notes; they can be said in a phase all the same.
    await session.notes.keep(written.sub, { peopleCategories, peopleNumber, recordCategories, recordNumber });
    const { alarm, quiet, strong } = session.paint;
    await tellRecorded(session, { sub: written.sub, warnings }, written, [
      `Registered for ${options.to}: ${strong(formatShipmentId(written.sub))}  ${quiet(written.tid)}`,
      ...warnings.map(({ code, detail, cure }) => `${alarm('!')} ${detail} ${cureFor(code, cure)}`),
    ]);
  });
};

/** What will stop it at dispatch, or surprise its sender. Asked with a commitment that is forgotten. */
async function foreseen(session: Session, iss: PartyId, options: Options): Promise<readonly DraftWarning[]> {
  const contents = commitment(newSalt(), options.contents);
  const said = registration(options, contents);
  return (await session.client.draftShipment({ ...said, iss, contents: { commitment: contents } })).warnings;
}

async function doubts(
  { client }: Session,
  key: StoredKey,
  { to, via = [] }: Options,
  warnings: readonly DraftWarning[],
): Promise<(Doubt | undefined)[]> {
  const needsApproval = warnings.some(({ code }) => code === 'dispatch.unapproved');
  return Promise.all([
    ...[to, ...via].map((party) => partyDoubt(client, party)),
    ...(needsApproval ? [registrantDoubt(client, key)] : []),
  ]);
}

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
    ...(basis === undefined ? {} : { basis }),
    ...(s10 === undefined ? {} : { refs: { s10 } }),
  };
}

function basisArgument(typed: string): NonNullable<Registration['basis']> {
  const [code = '', ...ref] = typed.split('=');
  if (/^[A-Za-z0-9][A-Za-z0-9.:()-]{0,59}$/.test(code) && ref.join('=') !== '') return { code, ref: ref.join('=') };
  throw new InvalidArgumentError(
    'Write its code, an equals sign and where it stands: "GDPR-9.2.j=Act on Statistics, s. 6".',
  );
}
