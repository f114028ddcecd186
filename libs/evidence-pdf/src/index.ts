export { evidencePdf } from './evidence-pdf.js';
export { isPagesOf } from './is-pages-of.js';
