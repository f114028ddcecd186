// What can go wrong between a program and the hub. Each says what happened in one sentence and the cure in another.

import type { TokenProblem } from '@unbroken/contracts';

/** What the hub's problem details (RFC 9457) say. */
export type ProblemDetails = Pick<TokenProblem, 'status' | 'code' | 'detail' | 'pointer' | 'cure'>;

/** The hub understood and said no. `code` is stable: programs go by it; people read `message` and `cure`. */
export class HubProblem extends Error {
  override readonly name = 'HubProblem';
  readonly status: number;
  readonly code: string;
  /** JSON pointer to the member that is wrong, or the name of a header or path parameter. */
  readonly pointer: string | undefined;
  readonly cure: string;
  /** Where no token of a batch was taken: why, for each of them in order. */
  readonly errors: readonly ProblemDetails[];

  constructor({ status, code, detail, pointer, cure }: ProblemDetails, errors: readonly ProblemDetails[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.pointer = pointer;
    this.cure = cure;
    this.errors = errors;
  }

  /** It may say yes another time: it is busy, or something behind it is away. */
  get isPassing(): boolean {
    return isPassing(this.status);
  }
}

/** Whether a status says that the same request may succeed later (RFC 9110, RFC 6585). */
export const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** Nobody answered, or somebody who is not a hub of this version. */
export class HubUnreachable extends Error {
  override readonly name = 'HubUnreachable';
  readonly code = 'hub.unreachable';

  constructor(
    what: string,
    readonly cure: string,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}
