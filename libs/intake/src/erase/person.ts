// Whom an erasure is about, and whether a text is about them: a name or an address as a whole, a telephone number however it
// is spaced. Pure.

/** So short a word names nobody, and stands in half of all texts. */
const SHORTEST_NAME = 4;

const PHONE = /^\+?[\d\s().-]+$/;

const digitsOf = (text: string): string => text.replaceAll(/[\s().-]/g, '');
const spaced = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

export class Person {
  readonly #patterns: readonly RegExp[];
  readonly #phones: readonly RegExp[];

  /** `names`: how they are called and reached. @throws RangeError for one that is too short to name anybody */
  constructor(names: readonly string[]) {
    const short = names.find((name) => spaced(name).length < SHORTEST_NAME);
    if (short !== undefined || names.length === 0) {
      throw new RangeError(`"${short ?? ''}" names nobody: a name has ${SHORTEST_NAME} signs or more`);
    }
    const phones = names.filter((name) => PHONE.test(name));
    this.#phones = phones.map((phone) => new RegExp(`(?<!\\d)${escaped(digitsOf(phone))}(?!\\d)`));
    this.#patterns = names
      .filter((name) => !PHONE.test(name))
      .map((name) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(spaced(name))}(?![\\p{L}\\p{N}])`, 'u'));
  }

  /** Whether one of the names stands in one of the texts. */
  isIn(...texts: readonly (string | null)[]): boolean {
    return texts.some((text) => {
      if (text === null) return false;
      const read = spaced(text);
      return this.#patterns.some((one) => one.test(read)) || this.#phones.some((one) => one.test(digitsOf(text)));
    });
  }
}
