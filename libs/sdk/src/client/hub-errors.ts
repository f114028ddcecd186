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

/**
 * Nobody answered a `fetch`, or somebody whose certificate is not to be trusted, which is said: who looks at a hub that runs
 * would look for long.
 * @param cure where nobody answered
 */
export function unreached(url: string, cause: unknown, cure: string): HubUnreachable {
  const distrust = distrusted(cause);
  if (distrust === undefined) return new HubUnreachable(`Nobody answers at ${url}.`, cure, { cause });
  return new HubUnreachable(
    `The certificate of ${url} is not trusted here: ${distrust}.`,
    'Where a private authority issued it, name the PEM file with that: in UNBROKEN_AGENT_HUB_CA for an agent, in ' +
      'NODE_EXTRA_CA_CERTS for the command. Else ask the operator of the hub before anything is sent there.',
    { cause },
  );
}

/** Codes of OpenSSL and of Node for what is wrong with a certificate or its issuer. */
const DISTRUST = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS_/;

/** Node tells it as the cause of what `fetch` fails with; browsers tell nobody. */
function distrusted(error: unknown): string | undefined {
  const { cause } = (error ?? {}) as { readonly cause?: { readonly code?: unknown; readonly message?: unknown } };
  if (typeof cause?.message !== 'string' || !DISTRUST.test(String(cause.code))) return undefined;
  return cause.message.replace(/\.$/, '');
}
