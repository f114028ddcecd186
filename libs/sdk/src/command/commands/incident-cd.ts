// unbroken incident cd: the story of the two CDs, told against the running hub.

import { Option } from 'commander';
import type { Command } from 'commander';
import { tellCd } from '../../incidents/cd/tell-cd.js';
import { tellings } from '../../incidents/cd/tellings.js';
import type { TellingName } from '../../incidents/cd/tellings.js';
import type { StoryLine } from '../../incidents/stage.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { storyLine } from '../story-line.js';

export const addIncidentCd: AddCommand = (parent, around) => {
  parent
    .command('cd')
    .description('two unencrypted CDs with the health data of 5,282,616 people, posted in Denmark in 2015')
    .addOption(
      new Option(
        '--telling <which>',
        'a: as it should go; b: as it went; c: with a post that has no devices; d: with its incident; left out: all',
      ).choices(Object.keys(tellings)),
    )
    .addHelpText('after', examples('unbroken incident cd', 'unbroken incident cd --telling b'))
    .action(async ({ telling }: { telling?: TellingName }, command: Command) => {
      const session = sessionOf(command, around);
      const chosen = telling === undefined ? (Object.keys(tellings) as TellingName[]) : [telling];
      const stage = {
        client: session.client,
        now: around.now,
        pass: around.pause,
        pause: around.pause,
        tempo: 'live' as const,
        say: (line: StoryLine) => {
          if (session.options.json !== true) around.out.write(`${storyLine(line, session.paint)}\n`);
        },
      };
      const told = [];
      for (const name of chosen) told.push(await tellCd(name, stage));
      if (session.options.json === true) session.tell({ told }, []);
    });
};
