// unbroken manifest film: a manifest shown to the other phone, as codes one after the other (docs/protocol/manifests.md).

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { formatManifest } from '@unbroken/manifests';
import { drawCode } from '../../handover/draw-code.js';
import { framesOf } from '../../handover/frames.js';
import { readHandoverManifest } from '../../handover/manifest-code.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { wholeArgument } from '../arguments.js';
import { CannotBeDone } from '../told-failure.js';

/** What a phone's camera reads without missing most of them. */
const FRAME_MS = 100;
const ROUNDS = 30;
const CLEAR = '\u001b[2J\u001b[H';

export const addManifestFilm: AddCommand = (parent, around) => {
  parent
    .command('film')
    .description('show a manifest to the other phone, as a film of codes that goes round and round')
    .argument('<file>', 'the manifest, as --out has written it')
    .option('--rounds <number>', 'how often it is shown', wholeArgument(1, 1000), ROUNDS)
    .addHelpText('after', examples('unbroken manifest film van.manifest', 'unbroken manifest film van.manifest --json'))
    .action(async (file: string, { rounds }: { rounds: number }, command: Command) => {
      const session = sessionOf(command, around);
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw new CannotBeDone('file.unreadable', (error as Error).message, 'Name the file that --out has written.');
      });
      const { manifest } = await readHandoverManifest(text);
      const frames = framesOf(formatManifest(manifest));
      if (session.options.json === true || !around.out.isTerminal) {
        session.tell({ frames }, frames);
        return;
      }
      const drawn = frames.map((frame, at) => [...drawCode(frame), `${at + 1} of ${frames.length}`].join('\n'));
      for (let shown = 0; shown < rounds * drawn.length; shown += 1) {
        around.out.write(`${CLEAR}${drawn[shown % drawn.length] ?? ''}\n`);
        await around.pause(FRAME_MS);
      }
    });
};
