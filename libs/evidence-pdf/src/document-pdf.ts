// A plain document as pages (ISO 19005-3, PDF/A-3), with what it was made of attached for programs.

import type { PlainDocument } from '@unbroken/words';
import { ALARM, DIM, LACKING, Sheet } from './sheet.js';

export interface Attachment {
  readonly name: string;
  readonly json: unknown;
  readonly description: string;
}

/** `at` in seconds since 1970: the same document, attachment and time give the same bytes. */
export function documentPdf(document: PlainDocument, at: number, attachment?: Attachment): Promise<Uint8Array> {
  const moment = new Date(at * 1000);
  const sheet = new Sheet({ title: document.title, subject: document.foot, at: moment });
  sheet.heading(document.title, 'H1');
  for (const { heading, parts } of document.sections) {
    sheet.heading(heading);
    for (const part of parts) {
      if ('label' in part) sheet.fact(part.label, part.value, { left: 150 });
      else sheet.text(part.look === 'alarm' ? `! ${part.text}` : part.text, looks[part.look ?? 'plain']);
    }
  }
  if (sheet.lacking.length > 0) sheet.text(`${LACKING} stands for letters that the font of these pages does not have.`);
  if (attachment !== undefined) {
    sheet.doc.file(Buffer.from(`${JSON.stringify(attachment.json, null, 1)}\n`), {
      name: attachment.name,
      type: 'application/json',
      description: attachment.description,
      creationDate: moment,
      modifiedDate: moment,
      // @ts-expect-error The types of the library do not know it: ISO 19005-3, 6.8 wants it.
      relationship: 'Source',
    });
  }
  return sheet.finish(document.foot);
}

const looks = { plain: {}, strong: { font: 'strong' }, alarm: { colour: ALARM }, quiet: { colour: DIM } } as const;
