// The finder's page: a form, and the answer to it. Pure; the same for every shipment id.

import { leftCodes } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { html } from '../pages/html.js';
import type { Html } from '../pages/html.js';
import type { Language } from '../pages/language.js';
import type { Page } from '../pages/page.js';
import { finderWords } from './finder-words.js';
import type { FinderWords } from './finder-words.js';

/** `wrong`: what to say above the form, where what was sent could not be taken. */
export function finderForm(sub: ShipmentId, language: Language, wrong?: keyof FinderWords & 'incomplete'): Page {
  const words = finderWords[language];
  const path = `/found/${sub}`;
  const body = html` <p>${words.intro}</p>
    <p><strong>${words.doNotOpen}</strong></p>
    ${wrong === undefined ? '' : html`<p class="wrong" role="alert">${words[wrong]}</p>`}
    <p>${words.number} <strong class="number">${formatShipmentId(sub)}</strong></p>
    <form method="post" action="${path}?lang=${language}">
      ${choice('mine', words.mine, words.isMine, ['no', 'yes'])}
      ${choice('opened', words.opened, words.isOpened, ['no', 'yes', 'unknown'])}
      <p>
        <label
          >${words.left}<select name="left" required>
            <option value=""></option>
            ${leftCodes.map((code) => html`<option value="${code}">${words.isLeft[code]}</option>`)}
          </select></label
        >
      </p>
      <p>
        <label
          >${words.contact}<input type="text" name="contact" maxlength="200" aria-describedby="hint" autocomplete="off"
        /></label>
        <small id="hint">${words.contactHint}</small>
      </p>
      <button>${words.send}</button>
    </form>`;
  return { language, title: words.title, body, path };
}

/** `callback`: the code to quote. */
export function finderThanks(callback: string, language: Language): Page {
  const { thanks, quote, whatNow } = finderWords[language];
  const body = html` <p>${quote}</p>
    <p class="code">${callback}</p>
    <p>${whatNow}</p>`;
  return { language, title: thanks, body };
}

/** Why what was asked for cannot be done. */
export type FinderNotice = 'unreadable' | 'foreign' | 'tooOften' | 'notNow';

export function finderNotice(language: Language, why: FinderNotice): Page {
  const words = finderWords[language];
  if (why === 'unreadable') return { language, title: words.unreadable, body: html`<p>${words.unreadableCure}</p>` };
  if (why === 'foreign') return { language, title: words.foreign, body: html`<p>${words.foreignCure}</p>` };
  return { language, title: words.title, body: html`<p class="wrong" role="alert">${words[why]}</p>` };
}

const choice = <Value extends string>(
  name: string,
  asked: string,
  answers: Readonly<Record<Value, string>>,
  order: readonly Value[],
): Html =>
  html`<fieldset>
    <legend>${asked}</legend>
    ${order.map((value) => html`<label><input type="radio" name="${name}" value="${value}" required /> ${answers[value]}</label>`)}
  </fieldset>`;
