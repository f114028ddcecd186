// Nest's own messages in the same log, cut down to one event with a context and a message.

import type { LoggerService } from '@nestjs/common';
import { log } from './event-log.js';
import { toldMessage } from './told-error.js';
import { isError } from './is-error.js';

export class NestLog implements LoggerService {
  log(message: unknown, ...rest: unknown[]): void {
    log.debug('nest.message', told(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    log.warn('nest.message', told(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    log.error('nest.message', told(message, rest), isError(message) ? message : undefined);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

/** Nest passes the context last; whatever is no text or error is left out. */
function told(message: unknown, rest: readonly unknown[]): { context: string; message: string } {
  const context = rest.at(-1);
  const text = isError(message) ? message.message : typeof message === 'string' ? message : typeof message;
  return { context: typeof context === 'string' ? toldMessage(context) : '', message: toldMessage(text) };
}
