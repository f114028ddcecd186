// Numbers in EPCIS events: as an EPC URI (GS1 Tag Data Standard 2.0, 6.3) or a GS1 Digital Link URI (1.2, 4). Both may stand
// in one document.

import { readNumber } from './parcel-number.js';
import type { ReadNumber } from './parcel-number.js';
import { checkDigit } from './gs1-check-digit.js';

export type Gs1Scheme = 'sscc' | 'ginc';

/** Undefined where it is a number of another kind: of goods, of returnable boxes. */
export function readGs1Uri(uri: string): (ReadNumber & { readonly scheme: Gs1Scheme }) | undefined {
  const [, scheme, prefix = '', rest = ''] = /^urn:epc:id:(sscc|ginc):(\d{4,12})\.([^:]+)$/.exec(uri) ?? [];
  if (scheme === 'sscc') return { scheme, ...ssccOf(prefix, rest) };
  if (scheme === 'ginc') return { scheme, ...readNumber('ginc', prefix + decodeURIComponent(rest)) };
  if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return undefined;
  const [, key, value = ''] = /\/(00|401)\/([^/]+)$/.exec(new URL(uri).pathname) ?? [];
  if (key === '00') return { scheme: 'sscc', ...readNumber('sscc', value) };
  if (key === '401') return { scheme: 'ginc', ...readNumber('ginc', decodeURIComponent(value)) };
  return undefined;
}

/** The extension digit stands first in the number and after the company's prefix in the URI, which has no check digit. */
function ssccOf(prefix: string, reference: string): ReadNumber {
  const digits = reference.charAt(0) + prefix + reference.slice(1);
  return /^\d{17}$/.test(digits) ? { number: digits + checkDigit(digits) } : { wrong: 'is not of 17 digits in all' };
}
