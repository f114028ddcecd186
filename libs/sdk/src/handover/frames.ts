// More than one code can carry, shown as a film of codes: numbered frames in a loop, read from any of them on, in any order;
// what one round loses, the next one brings.

import { sha256Hash } from '@unbroken/tokens';

/** What a frame carries besides its own head: with it, a code of version 20-L. */
const FRAME_CHARACTERS = 800;
const SUM_CHARACTERS = 12;
/** No film is longer: at ten frames a second somebody would hold the phone for a minute and a half. */
const MOST_FRAMES = 999;
const FORM = /^UF1\.([A-Za-z0-9_-]{12})\.([1-9]\d{0,2})\.([1-9]\d{0,2})\.([^]*)$/;

/** Of the whole text: frames of two films never mix, and what was put together is known to be whole. */
const sumOf = (text: string): string => sha256Hash(new TextEncoder().encode(text)).slice(0, SUM_CHARACTERS);

/**
 * The frames of an ASCII text, each the text of one QR code: `UF1.SUM.NUMBER.COUNT.PART`, numbered from 1.
 * @throws RangeError where it is empty, not ASCII or too long
 */
export function framesOf(text: string): string[] {
  const count = Math.ceil(text.length / FRAME_CHARACTERS);
  if (count < 1 || count > MOST_FRAMES || !/^[\n -~]*$/.test(text)) {
    throw new RangeError(`a film carries 1 to ${MOST_FRAMES * FRAME_CHARACTERS} characters of ASCII`);
  }
  const sum = sumOf(text);
  return Array.from({ length: count }, (_, at) => {
    const part = text.slice(at * FRAME_CHARACTERS, (at + 1) * FRAME_CHARACTERS);
    return `UF1.${sum}.${at + 1}.${count}.${part}`;
  });
}

/** How far one film has been read. */
export interface FilmRead {
  readonly missing: readonly number[];
  /** The whole text, once no frame is missing. */
  readonly text?: string;
}

/** Reads a film. What is no frame of it is passed over; a frame of another film begins anew. */
export class FilmReader {
  #film = '';
  #parts: (string | undefined)[] = [];

  /** @returns how far it is; undefined for what is no frame */
  take(frame: string): FilmRead | undefined {
    const [, sum = '', number, count, part = ''] = FORM.exec(frame) ?? [];
    if (number === undefined || count === undefined || Number(number) > Number(count)) return undefined;
    const film = `${sum}.${count}`;
    if (film !== this.#film) [this.#film, this.#parts] = [film, new Array<undefined>(Number(count)).fill(undefined)];
    this.#parts[Number(number) - 1] ??= part;
    const missing = this.#parts.flatMap((one, at) => (one === undefined ? [at + 1] : []));
    if (missing.length > 0) return { missing };
    const text = this.#parts.join('');
    if (sumOf(text) === sum) return { missing, text };
    // A frame was not of this film after all: nothing of it can be trusted.
    this.#film = '';
    return { missing: this.#parts.map((_, at) => at + 1) };
  }
}
