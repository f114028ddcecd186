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

/** What is read there. @throws AuditImpossible naming it */
export async function readable<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new AuditImpossible(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)})`,
      'Check the path',
    );
  }
}
