export { evidencePdf } from './evidence-pdf.js';
export { isPagesOf } from './is-pages-of.js';
export { documentPdf } from './document-pdf.js';
export type { Attachment } from './document-pdf.js';
