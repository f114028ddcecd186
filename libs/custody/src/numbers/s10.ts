// UPU S10 item identifiers (standard S10-12): two letters of service, eight digits, a check digit, the country. People
// copy them from labels, so a mistyped one is told where it is written and not when the parcel cannot be found.

const FORM = /^([A-Z]{2})(\d{8})(\d)([A-Z]{2})$/;
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** What is wrong with an S10 number; undefined where it is in order. */
export function s10Fault(number: string): string | undefined {
  const [, , serial, check] = FORM.exec(number) ?? [];
  if (serial === undefined || check === undefined)
    return 'is not two letters, nine digits and a country code of two letters';
  const right = checkDigit(serial);
  return Number(check) === right ? undefined : `has check digit ${check}, where ${serial} asks for ${right}`;
}

/** 11 minus the weighted sum modulo 11, where 10 is written 0 and 11 is written 5. */
export function checkDigit(serial: string): number {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(serial.charAt(place)), 0);
  const remainder = 11 - (sum % 11);
  if (remainder === 10) return 0;
  return remainder === 11 ? 5 : remainder;
}
