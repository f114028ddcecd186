// Tells an unreachable or struggling broker, which passes, from a message that Kafka will never take.

import { isError } from '../log/is-error.js';

const NEVER_TAKEN: ReadonlySet<string> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD']);

/** The client wraps these like its own errors, but they are bugs of the caller. */
const BUGS: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** True for errors of the Kafka client, except those that blame the message or the calling code. */
export function isBrokerFailure(error: unknown): boolean {
  const chain = causes(error);
  if (chain.some((cause) => BUGS.has(cause.name) || ('type' in cause && NEVER_TAKEN.has(String(cause.type)))))
    return false;
  return chain.some((cause) => cause.name.startsWith('KafkaJS'));
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let cause = error; isError(cause) && !chain.includes(cause); cause = cause.cause) chain.push(cause);
  return chain;
}
