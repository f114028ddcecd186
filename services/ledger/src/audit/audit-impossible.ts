// Why nothing can be said: not that something is wrong, but that it could not be looked at.

export class AuditImpossible extends Error {
  override readonly name = 'AuditImpossible';
  readonly code = 'audit.impossible';

  constructor(
    what: string,
    readonly cure: string,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}
