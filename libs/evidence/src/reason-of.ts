// Why something was refused, in words; a fault of the program is none of these reasons and is thrown on.

import { TlogRefused } from '@unbroken/tlog';
import { TokenRefused } from '@unbroken/tokens';

/** @throws what is no refusal */
export function reasonOf(error: unknown): string {
  if (error instanceof TlogRefused || error instanceof TokenRefused || error instanceof RangeError)
    return error.message;
  throw error;
}
