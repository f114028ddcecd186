// A mapping file that cannot be used, with every mistake in it.

export interface MappingMistake {
  /** JSON Pointer (RFC 6901) into the file; empty: the file as a whole. */
  readonly path: string;
  /** What is wrong, as the end of a sentence about it. */
  readonly wrong: string;
}

export class MappingRefused extends Error {
  override readonly name = 'MappingRefused';
  readonly code = 'gateway.mapping';
  readonly cure = 'Correct the mapping file; docs/gateway.md shows its form. Nothing was read with it.';

  constructor(
    file: string,
    readonly mistakes: readonly MappingMistake[],
  ) {
    const lines = mistakes.map(({ path, wrong }) => `\n  ${path === '' ? 'the file' : path} ${wrong}`);
    super(`${file} is no mapping that can be used:${lines.join('')}`);
  }
}
