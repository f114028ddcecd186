// A parcel's number as a system writes it, in the one form it is kept and compared in, or what is wrong with it.

import { s10Fault } from '@unbroken/custody';
import { readShipmentId } from '@unbroken/tokens';
import type { Scheme } from '../mapping/mapping.js';
import { checkDigit } from './gs1-check-digit.js';

/** The number, or what is wrong with it, as the end of a sentence about it. */
export type ReadNumber = { readonly number: string } | { readonly wrong: string };

/** Letters and digits alone, in capitals: as people print them numbers have spaces, dots and dashes. */
export const compactNumber = (written: string): string => written.replace(/[^A-Za-z0-9]/g, '').toUpperCase();

const readers: Record<Scheme, (written: string) => ReadNumber> = {
  shipment: (written) => {
    const number = readShipmentId(written);
    return number === null ? { wrong: 'is no shipment id: its check character does not fit' } : { number };
  },
  s10: (written) => {
    const number = compactNumber(written);
    const wrong = s10Fault(number);
    return wrong === undefined ? { number } : { wrong };
  },
  sscc: (written) => {
    // (00) is the application identifier in front of it on labels.
    const digits = compactNumber(written);
    const number = digits.length === 20 && digits.startsWith('00') ? digits.slice(2) : digits;
    if (!/^\d{18}$/.test(number)) return { wrong: 'is not 18 digits' };
    const right = checkDigit(number.slice(0, -1));
    const check = number.slice(-1);
    return check === right ? { number } : { wrong: `has check digit ${check}, where the others ask for ${right}` };
  },
  ginc: (written) => {
    const number = written.trim().toUpperCase();
    return /^\d{4}[A-Z0-9./-]{1,26}$/.test(number)
      ? { number }
      : { wrong: 'is not a company prefix with up to 30 letters and digits in all' };
  },
};

export const readNumber = (scheme: Scheme, written: string): ReadNumber => readers[scheme](written);

/** How a number of `registered.refs` is found again. */
export const comparedNumber = (scheme: Scheme, number: string): string =>
  scheme === 'ginc' ? number.toUpperCase() : compactNumber(number);
