// A line of a story as a terminal shows it: the true date in the margin, what follows from it beneath.

import type { Alarm } from '../incidents/raised-alarm.js';
import type { StoryLine } from '../incidents/stage.js';
import type { Paint } from './paint.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MARGIN = 19;
/** Columns, the margin among them. */
const WIDTH = 100;
const INDENT = ' '.repeat(MARGIN);

export function storyLine(line: StoryLine, paint: Paint): string {
  const { strong, quiet, good } = paint;
  switch (line.kind) {
    case 'title':
      return `\n${strong(line.text)}\n`;
    case 'told':
      return quiet(margin(line.at)) + under(line.text).slice(MARGIN);
    case 'state':
      return under(line.text, `${line.mark} `);
    case 'blocked':
      return [
        good(under(`Not sent. ${line.what}`, '■ ')),
        under(`What to do: ${line.cure}`, '  '),
        quiet(under(line.code, '  ')),
      ].join('\n');
    case 'seen':
      return quiet(under(`${line.who} sees it under ${line.text}`, '  '));
    case 'alarm':
      return alarmLines(line.alarm, paint);
    case 'end':
      return `\n${good(under(line.text, '✓ '))}\n`;
  }
}

function alarmLines({ code, sentence, afterMs, since, next }: Alarm, { alarm, strong, quiet }: Paint): string {
  const from = since === 'due' ? ' from when it fell due' : '';
  return [
    alarm(under(sentence, '! ')),
    ...(next === undefined ? [] : [under(`What to do: ${next}`, '  ')]),
    `${strong(under(`alarm after ${(afterMs / 1000).toFixed(2)} s${from}`, '  '))}  ${quiet(code)}`,
  ].join('\n');
}

/** The text beneath the dates, broken between words; its first line begins with `mark`. */
function under(text: string, mark = ''): string {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const row = rows.at(-1);
    const longer = row === undefined ? word : `${row} ${word}`;
    if (row !== undefined && longer.length <= WIDTH - MARGIN - mark.length) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows.map((row, place) => INDENT + (place === 0 ? mark : ' '.repeat(mark.length)) + row).join('\n');
}

/** The date as it was there, taken from the text so that no machine's zone moves it. */
function margin(at: string): string {
  const [, year = '', month = '', day = '', time = ''] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(at) ?? [];
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year} ${time}`.padEnd(MARGIN);
}
