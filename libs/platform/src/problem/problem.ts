// An error that a caller over HTTP can act on: what went wrong, where, and the cure (RFC 9457).

export interface ProblemParts {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** Stable and documented, for example body.json; programs go by it. */
  readonly code: string;
  /** The kind of problem; the same for every occurrence of the code. */
  readonly title: string;
  /** This occurrence. Never a secret, never a whole token. */
  readonly detail: string;
  /** JSON pointer to the member that is wrong, or the name of a header or path parameter. */
  readonly pointer?: string;
  /** What to do. */
  readonly cure: string;
  /** Further members of the answer, such as `errors`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly pointer: string | undefined;
  readonly cure: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(parts: ProblemParts) {
    super(`${parts.code}: ${parts.detail}`);
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.pointer = parts.pointer;
    this.cure = parts.cure;
    this.extra = parts.extra ?? {};
  }

  /** The body of the answer, of type application/problem+json. */
  toJSON(): Record<string, unknown> {
    const { status, code, title, detail, pointer, cure } = this;
    return {
      type: `urn:unbroken:problem:${code}`,
      title,
      status,
      code,
      detail,
      ...(pointer === undefined ? {} : { pointer }),
      cure,
      ...this.extra,
    };
  }
}
