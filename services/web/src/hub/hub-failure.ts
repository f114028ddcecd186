// Why the hub did not do what was asked, as a person is told it. Two kinds: it said why (RFC 9457), or it did not
// answer.

export class HubFailure extends Error {
  override readonly name = 'HubFailure';

  constructor(
    /** Stable, for the help desk. */
    readonly code: string,
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
    sentence: string,
    /** What to do. */
    readonly cure: string,
  ) {
    super(sentence);
  }
}

/** Nothing came back, or nothing of ours: the hub is starting, stopping or out of reach. */
export const silence = (status = 0): HubFailure =>
  new HubFailure('hub.silent', status, 'The hub does not answer.', 'It is tried again by itself; nothing is lost.');

/** A refusal with its reason; anything else is silence, because something between here and the hub answered. */
export async function refusal(response: Response): Promise<HubFailure> {
  const body: unknown = await response.json().catch(() => null);
  if (!isProblem(body)) return silence(response.status);
  return new HubFailure(body.code, response.status, body.detail, body.cure);
}

interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly cure: string;
}

function isProblem(body: unknown): body is ProblemBody {
  if (typeof body !== 'object' || body === null) return false;
  const { code, detail, cure } = body as Partial<Record<keyof ProblemBody, unknown>>;
  return [code, detail, cure].every((member) => typeof member === 'string');
}
