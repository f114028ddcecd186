// The README's own parcel: every command in it is understood as it stands there. That it works is seen by running it.

import { readFile } from 'node:fs/promises';
import { AtTerminal } from '../fixture/at-terminal.js';
import { exitCodes } from './exit-codes.js';

const readme = new URL('../../../../README.md', import.meta.url);

async function commands(): Promise<string[]> {
  const section = /^## Your own parcel\n(.*?)^## /ms.exec(await readFile(readme, 'utf8'))?.[1] ?? '';
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block ?? '');
  const lines = blocks
    .join('')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  return lines.filter((line) => /^(\w+=\$\()?(agency|post|archive) /.test(line));
}

/** What a shell makes of such a line: the command in the brackets, its variables (any parcel, this key), its quotes. */
function words(line: string, kid: string): string[] {
  const command = line.replace(/^\w+=\$\((.*)\)$/, '$1').replace(/ \| .*$/, '');
  const filled = command.replaceAll('$PARCEL', '7K2M9QX4T1B8ZC3V2').replaceAll(/\$(CLERK|CHIEF)/g, kid);
  return [...filled.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

it('each line of "Your own parcel" → understood: it fails for want of a hub or a key alone', async () => {
  const lines = await commands();
  expect(lines).toHaveLength(17);
  for (const line of lines) {
    const person = await AtTerminal.sitDown();
    const party = /(agency|post|archive) /.exec(line)?.[1] ?? '';
    const { kid } = await person.key(`my-${party}`);
    const [, ...args] = words(line, kid);
    const ended = await person.types(['--as', `my-${party}`, ...args]);
    expect(ended === exitCodes.usage ? `${line}\n${person.err}` : 'understood').toBe('understood');
    await person.leave();
  }
});
