// unbroken verify: checks an evidence file without asking any hub, and tells apart what was signed, what follows from it,
// and what nobody can know from the file.

import type { Command } from 'commander';
import { EvidenceRefused, verifyEvidence } from '@unbroken/evidence';
import type { Check, EvidenceFile, EvidenceReport } from '@unbroken/evidence';
import { naming } from '@unbroken/words';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { chainLines } from '../chain-lines.js';
import { evidenceIn, trustPolicyIn } from '../evidence-file.js';
import type { Paint } from '../paint.js';
import { CannotBeDone } from '../told-failure.js';

export const addVerify: AddCommand = (parent, around) => {
  parent
    .command('verify')
    .description('check an evidence file by your own copy of the trust policy; asks no hub, sends nothing')
    .argument('<file>', 'as `unbroken evidence` writes it: the JSON, or the PDF with it in it')
    .requiredOption('--policy <file>', 'the trust policy you kept, as `unbroken trust` writes it')
    .addHelpText('after', examples('unbroken verify evidence-7K2M-9QX4-T1B8-ZC3V-2.json --policy trust.json'))
    .action(async (file: string, { policy }: { policy: string }, command: Command) => {
      const session = sessionOf(command, around);
      const [given, trust] = await Promise.all([evidenceIn(file), trustPolicyIn(policy)]);
      const now = Math.floor(around.now() / 1000);
      const report = await verifyEvidence(given.bundle, trust, now);
      const { sub, holds, checks, chain } = report;
      const pages = await pagesOf(given);
      session.tell({ sub, holds, checks, chain, ...(pages && { pages }) }, [
        ...(pages === undefined ? [] : [pagesSaid[pages], '']),
        ...shown(report, session.paint),
      ]);
      if (!holds) {
        throw new CannotBeDone(
          'evidence.fails',
          'This evidence does not hold.',
          'Do not rely on it: ask whoever holds the parcel’s record for the file again, and compare.',
        );
      }
    });
};

type Pages = 'same' | 'other';

const pagesSaid: Readonly<Record<Pages, string>> = {
  same: 'The pages of this PDF are exactly those that this program makes of the evidence within.',
  other:
    'The pages of this PDF are others than this program makes of the evidence within: another version made them, or somebody changed them. Go by what is said here.',
};

/** A PDF's pages are nobody's word: they are compared with those its evidence gives. */
async function pagesOf({ carrier, bytes, bundle }: EvidenceFile & { bytes: Uint8Array }): Promise<Pages | undefined> {
  if (carrier === 'json') return undefined;
  const { isPagesOf } = await import('@unbroken/evidence-pdf');
  try {
    return (await isPagesOf(bytes, bundle)) ? 'same' : 'other';
  } catch (error) {
    // Nothing is made of evidence that does not hold; why it does not is said by its own checks.
    if (error instanceof EvidenceRefused) return 'other';
    throw error;
  }
}

const marks = { holds: '✓', fails: '✗', unknown: '?' } as const;

const titles: Readonly<Record<Check['name'], string>> = {
  records: 'recorded',
  signatures: 'signed',
  completeness: 'complete',
  trust: 'keys',
  operator: 'operator',
  parties: 'parties',
  'one-history': 'one history',
  witnesses: 'witnesses',
  policies: 'rules',
  time: 'time',
  contents: 'contents',
};

function shown({ checks, chain, nameOf }: EvidenceReport, paint: Paint): string[] {
  const known = checks.filter(({ result }) => result !== 'unknown');
  const unknown = checks.filter(({ result }) => result === 'unknown');
  return [
    paint.strong('Checked'),
    ...known.map((check) => checkLine(check, paint)),
    '',
    paint.strong('Cannot be known from this file'),
    ...unknown.map((check) => checkLine(check, paint)),
    '',
    paint.strong('What was said, and what follows from it; ! was computed by this command and signed by nobody'),
    ...chainLines(chain, naming(nameOf), paint),
  ];
}

function checkLine({ name, result, said }: Check, { alarm, good }: Paint): string {
  const mark = result === 'fails' ? alarm(marks.fails) : result === 'holds' ? good(marks.holds) : marks.unknown;
  return `  ${mark} ${titles[name].padEnd(12)}${said}`;
}
