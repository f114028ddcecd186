// The guest's page: asks for a code, and confirms with it. Pure; the same for every shipment id.

import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { html } from '../pages/html.js';
import type { Language } from '../pages/language.js';
import type { Page } from '../pages/page.js';
import { codeWords } from './code-words.js';

export type GuestNotice = 'asked' | 'incomplete' | 'wrong' | 'expired' | 'used' | 'closed' | 'tooOften' | 'notNow';

/** `notice`: what to say of what was done last. */
export function guestForm(sub: ShipmentId, language: Language, notice?: GuestNotice): Page {
  const words = codeWords[language];
  const path = `/guest/${sub}`;
  const kind = notice === 'asked' ? 'told' : 'wrong';
  const body = html` <p>${words.intro}</p>
    ${notice === undefined ? '' : html`<p class="${kind}" role="alert">${words[notice]}</p>`}
    <p>${words.number} <strong class="number">${formatShipmentId(sub)}</strong></p>
    <form method="post" action="${path}/code?lang=${language}">
      <button class="first">${words.ask}</button>
    </form>
    <form method="post" action="${path}?lang=${language}">
      <p>
        <label
          >${words.code}<input
            type="text"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="20"
            required
        /></label>
      </p>
      <p>
        <label>${words.pieces}<input type="number" name="pieces" min="0" max="1000000" value="1" required /></label>
      </p>
      <fieldset>
        <legend>${words.unopened}</legend>
        <label><input type="radio" name="unopened" value="yes" required /> ${words.isUnopened.yes}</label>
        <label><input type="radio" name="unopened" value="no" required /> ${words.isUnopened.no}</label>
      </fieldset>
      <button>${words.confirm}</button>
    </form>`;
  return { language, title: words.title, body, path };
}

export function guestThanks(language: Language): Page {
  const { confirmed, confirmedNow } = codeWords[language];
  return { language, title: confirmed, body: html`<p>${confirmedNow}</p>` };
}
