// Whom an erasure is about, and whether a text is about them: a name or an address as a whole, a telephone number however it
// is spaced. Pure.

/** So short a word names nobody, and stands in half of all texts. */
const SHORTEST_NAME = 4;
const SHORTEST_PHONE = 6;

const PHONE = /^\+?[\d\s().-]+$/;
const BETWEEN = '[\\s().-]*';

const digitsOf = (text: string): string => text.replaceAll(/[\s().-]/g, '');
const spaced = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** As a whole: beside it stands no letter or digit; before an address nothing that could be of a longer one, nor after it. */
const aroundName = ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'] as const;
const aroundAddress = ['(?<![\\p{L}\\p{N}._+-])', '(?![.-]?[\\p{L}\\p{N}])'] as const;

const isShort = (name: string): boolean =>
  PHONE.test(name) ? digitsOf(name).replace('+', '').length < SHORTEST_PHONE : spaced(name).length < SHORTEST_NAME;

export class Person {
  readonly #patterns: readonly RegExp[];

  /** `names`: how they are called and reached. @throws RangeError for one that is too short to name anybody */
  constructor(names: readonly string[]) {
    const short = names.find((name) => isShort(name));
    if (short !== undefined || names.length === 0) {
      const long = `a name has ${SHORTEST_NAME} signs or more, a number ${SHORTEST_PHONE} digits`;
      throw new RangeError(`"${short ?? ''}" names nobody: ${long}`);
    }
    this.#patterns = names.map((name) => {
      const sought = PHONE.test(name) ? Array.from(digitsOf(name), escaped).join(BETWEEN) : escaped(spaced(name));
      const [before, after] = name.includes('@') ? aroundAddress : aroundName;
      return new RegExp(`${before}${sought}${after}`, 'u');
    });
  }

  /** Whether one of the names stands in one of the texts. */
  isIn(...texts: readonly (string | null)[]): boolean {
    return texts.some((text) => {
      if (text === null) return false;
      const read = spaced(text);
      return this.#patterns.some((one) => one.test(read));
    });
  }
}
