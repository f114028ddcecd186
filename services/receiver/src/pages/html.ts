// HTML out of text: whatever is put into a template is escaped, unless it is HTML already.

import { escapeHtml } from '@unbroken/platform';

export class Html {
  constructor(readonly text: string) {}
}

type Part = string | Html | readonly Html[];

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((text, string, at) => text + textOf(parts[at - 1] ?? '') + string));

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  return typeof part === 'string' ? escapeHtml(part) : part.map(({ text }) => text).join('');
}
