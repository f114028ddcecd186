// A document as a command gives it: as text on the screen, as JSON, or as a PDF in a file that is never written over.

import { plainText } from '@unbroken/words';
import type { PlainDocument } from '@unbroken/words';
import { writeNewFile } from './new-file.js';
import type { Session } from './session.js';

export interface DocumentFile {
  /** Where the PDF goes; text where absent. */
  readonly pdf: string | undefined;
  /** What the document was made of. */
  readonly json: unknown;
  readonly name: string;
}

export async function tellDocument(session: Session, document: PlainDocument, file: DocumentFile): Promise<void> {
  const { pdf, json, name } = file;
  if (pdf === undefined) {
    session.tell(json, [plainText(document).trimEnd()]);
    return;
  }
  // Fonts and all are loaded by whoever wants pages, and by no other command.
  const { documentPdf } = await import('@unbroken/evidence-pdf');
  const at = Math.floor(session.around.now() / 1000);
  const description = 'What these pages were made of';
  await writeNewFile(pdf, await documentPdf(document, at, { name: `${name}.json`, json, description }));
  session.tell({ file: pdf }, [`✓ ${pdf}: ${document.title}`]);
}
