// A line of a story as a terminal shows it: the true date in the margin, what follows from it beneath.

import { findingSentence } from '../words/finding-sentence.js';
import type { StoryLine } from '../incidents/stage.js';
import type { Paint } from './paint.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MARGIN = 19;
const INDENT = ' '.repeat(MARGIN);

export function storyLine(line: StoryLine, { strong, quiet, alarm, good }: Paint): string {
  switch (line.kind) {
    case 'title':
      return `\n${strong(line.text)}\n`;
    case 'told':
      return `${quiet(margin(line.at))}${line.text}`;
    case 'state':
      return `${INDENT}${line.text}`;
    case 'blocked':
      return [
        `${INDENT}${good('■')} Not sent: ${line.what} ${quiet(line.code)}`,
        `${INDENT}  What to do: ${line.cure}`,
      ].join('\n');
    case 'seen':
      return `${INDENT}${quiet(`${line.who} sees under ${line.text}`)}`;
    case 'alarm':
      return [
        `${INDENT}${alarm('!')} ${line.sentence || findingSentence(line.code)} ${quiet(line.code)}`,
        `${INDENT}  ${strong(`alarm after ${seconds(line.afterMs)} s`)}${line.since === 'due' ? ' from when it fell due' : ''}`,
        ...(line.next === undefined ? [] : [`${INDENT}  What to do: ${line.next}`]),
      ].join('\n');
    case 'end':
      return `\n${INDENT}${good('✓')} ${line.text}\n`;
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);

/** The date as it was there, taken from the text so that no machine's zone moves it. */
function margin(at: string): string {
  const [, year = '', month = '', day = '', time = ''] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(at) ?? [];
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year} ${time}`.padEnd(MARGIN);
}
