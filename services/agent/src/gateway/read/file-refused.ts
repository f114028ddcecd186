// A file that cannot be read at all with this mapping: nothing of it was taken.

export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code = 'gateway.file';

  constructor(
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}
