// The message that brings a code. It names the parcel by its number alone: a mail server on the way learns no more.

import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Language } from '../pages/language.js';
import { codeWords } from './code-words.js';
import type { Message } from './send-code.js';

/** `page`: where people open the hub's pages; undefined where nobody has said. */
export function codeMessage(
  sub: ShipmentId,
  code: string,
  { language, page }: { readonly language: Language; readonly page: string | undefined },
): Message {
  const words = codeWords[language];
  const filled = (text: string) =>
    text
      .replace('{code}', `${code.slice(0, 4)} ${code.slice(4)}`)
      .replace('{label}', formatShipmentId(sub))
      .replace('{page}', `${page ?? ''}/guest/${sub}?lang=${language}`);
  const text = page === undefined ? filled(words.text) : `${filled(words.text)}\n\n${filled(words.onPage)}`;
  return { subject: filled(words.subject), text };
}
