// The check digit of GS1 keys (GS1 General Specifications, 7.9): digits weighted 3 and 1 from the right, up to the next ten.

/** Of the digits before it. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) sum += Number(digits.at(-1 - at)) * (at % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}
