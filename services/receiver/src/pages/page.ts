// The frame of a page for people without an account: no script, nothing from elsewhere, readable on any phone, and under
// rules that let it be nothing else.

import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Html, html } from './html.js';
import { languages } from './language.js';
import type { Language } from './language.js';

const STYLE = `
:root{color-scheme:light dark;--line:#767676;--act:#1a5fb4;--on-act:#fff}
@media (prefers-color-scheme:dark){:root{--line:#9a9a9a;--act:#78aeed;--on-act:#000}}
html{background:Canvas;color:CanvasText}
body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:36rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25}
nav{display:flex;gap:1.5rem}
a{color:var(--act)}
fieldset{border:1px solid var(--line);border-radius:.5rem;margin:1rem 0;padding:.5rem 1rem}
label{display:block;padding:.375rem 0}
input[type=text],input[type=number],select{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;margin-top:.25rem}
button{font:inherit;font-weight:600;width:100%;padding:.75rem 1.5rem;border:0;border-radius:.5rem;min-height:3rem;background:var(--act);color:var(--on-act)}
button.first{background:none;border:2px solid var(--act);color:inherit}
.code{font:600 1.75rem/1.5 ui-monospace,monospace;letter-spacing:.05em}
.number{display:inline-block}
.wrong{border-left:.25rem solid #c01c28;padding-left:.75rem}
`;

/** Not in a template of `html`, where formatting the source would put white space into it: its hash is of every sign. */
const styleElement = new Html(`<style>${STYLE}</style>`);
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Everything is forbidden but this page's own style and its form. */
const POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

const names: Readonly<Record<Language, string>> = { en: 'English', da: 'Dansk', fr: 'Français' };

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  /** The path that shows it in another language, without `?lang=`; left out: no other language is offered. */
  readonly path?: string;
}

/** Answers with the page. */
export function sendPage(reply: FastifyReply, status: number, page: Page): void {
  void reply
    .status(status)
    .header('content-security-policy', POLICY)
    .header('cache-control', 'no-store')
    // With no-referrer a browser would call the origin of this page's own form null (own-form.ts).
    .header('referrer-policy', 'same-origin')
    .header('x-content-type-options', 'nosniff')
    .header('x-robots-tag', 'noindex')
    .header('vary', 'accept, accept-language')
    .type('text/html; charset=utf-8')
    .send(pageText(page));
}

export const pageText = ({ language, title, body, path }: Page): string =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        ${path === undefined ? '' : otherLanguages(language, path)}
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `.text;

const otherLanguages = (shown: Language, path: string): Html =>
  html`<nav>
    ${languages
      .filter((language) => language !== shown)
      .map(
        (language) =>
          html`<a href="${path}?lang=${language}" lang="${language}" hreflang="${language}">${names[language]}</a>`,
      )}
  </nav>`;
