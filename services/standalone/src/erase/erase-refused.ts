// Why an erasure is not done.

export class EraseRefused extends Error {
  override readonly name = 'EraseRefused';

  constructor(
    readonly code: 'erase.held' | 'erase.names' | 'erase.reason' | 'erase.left',
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}
