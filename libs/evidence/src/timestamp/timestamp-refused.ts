// Why a timestamp is not believed.

const cures = {
  'timestamp.form': 'Ask the authority again; what came is not what RFC 3161 describes.',
  'timestamp.denied': 'Ask the authority why, or name another in UNBROKEN_TIMESTAMP_AUTHORITIES.',
  'timestamp.other': 'Ask again: the answer is to another question, so it may be an old one or another’s.',
  'timestamp.imprint': 'The timestamp is of something else: ask whoever gave it to you for the right one.',
  'timestamp.signature': 'Do not rely on it: its signature is not that of the certificate it names.',
  'timestamp.certificate': 'Ask an authority whose certificate is for time-stamping alone (RFC 3161, section 2.3).',
} as const;

export class TimestampRefused extends Error {
  override readonly name = 'TimestampRefused';
  readonly cure: string;

  constructor(
    readonly code: keyof typeof cures,
    what: string,
    options?: ErrorOptions,
  ) {
    super(what, options);
    this.cure = cures[code];
  }
}

/** What a parser throws of bytes that have not the form is told as that. */
export function asForm<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TimestampRefused) throw cause;
    throw new TimestampRefused('timestamp.form', 'it is not of the form of RFC 3161', { cause });
  }
}
