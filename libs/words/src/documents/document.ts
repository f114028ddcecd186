// Text for people that is read on a screen, printed, or laid out as a PDF: headings, paragraphs and facts, and nothing else.

export type Part =
  | { readonly text: string; readonly look?: 'strong' | 'alarm' | 'quiet' }
  /** What it is, and what it says. */
  | { readonly label: string; readonly value: string };

export interface Section {
  readonly heading: string;
  readonly parts: readonly Part[];
}

export interface PlainDocument {
  readonly title: string;
  /** At the foot of every page. */
  readonly foot: string;
  readonly sections: readonly Section[];
}

export const said = (label: string, value: string): Part => ({ label, value });

/** As text for a terminal or a letter, lines ended by LF. */
export const plainText = ({ title, sections, foot }: PlainDocument): string =>
  [
    title,
    '='.repeat(title.length),
    ...sections.flatMap(({ heading, parts }) => ['', heading, '-'.repeat(heading.length), ...parts.map(lineOf)]),
    '',
    foot,
    '',
  ].join('\n');

const lineOf = (part: Part): string =>
  'label' in part ? `${part.label}: ${part.value}` : part.look === 'alarm' ? `! ${part.text}` : part.text;
