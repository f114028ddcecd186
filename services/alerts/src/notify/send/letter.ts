// A letter in plain text and the same in a little HTML: no pictures, no styles from elsewhere, nothing that tells the sender
// when it is read.

import { escapeHtml } from '@unbroken/platform';
import type { Letter } from './mail.js';

export interface Paragraph {
  readonly text: string;
  readonly strong?: boolean;
  readonly steps?: readonly string[];
  readonly link?: string;
}

const LONGEST_SUBJECT = 150;

export function letterOf(subject: string, paragraphs: readonly Paragraph[]): Letter {
  return {
    subject: subject.length > LONGEST_SUBJECT ? `${subject.slice(0, LONGEST_SUBJECT - 1)}…` : subject,
    text: `${paragraphs.map(plain).join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body>${paragraphs.map(marked).join('')}</body></html>`,
  };
}

const plain = ({ text, steps = [], link }: Paragraph): string =>
  [text, ...steps.map((step, at) => `${at + 1}. ${step}`), ...(link === undefined ? [] : [link])].join('\n');

function marked({ text, strong, steps = [], link }: Paragraph): string {
  const said = strong === true ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
  const leads = link === undefined ? '' : `<br><a href="${escapeHtml(link)}">${escapeHtml(link)}</a>`;
  const list = steps.length === 0 ? '' : `<ol>${steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('')}</ol>`;
  return `<p>${said}${leads}</p>${list}`;
}
