// The times in a sentence of the hub, apart from its words.

export type SaidPart = { readonly text: string } | { /** RFC 3339. */ readonly time: string };

const TIME = /(\d{4}-\d\d-\d\d \d\d:\d\d UTC)/;

/** In their order; joined they say the same. */
export function partsOf(text: string): SaidPart[] {
  return text
    .split(TIME)
    .filter((part) => part !== '')
    .map((part) => {
      const time = TIME.test(part) ? part.replace(' UTC', ':00Z').replace(' ', 'T') : '';
      return Number.isNaN(Date.parse(time)) ? { text: part } : { time };
    });
}
