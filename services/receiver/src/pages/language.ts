// The language of a page for people without an account: the one that is asked for, else the first that their browser
// prefers and we have (RFC 9110, section 12.5.4).

import type { FastifyRequest } from 'fastify';

export const languages = ['en', 'da', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Of a request; `?lang=` says what is asked for. */
export const languageFor = ({ query, headers }: FastifyRequest): Language =>
  languageOf((query as { lang?: unknown }).lang, headers['accept-language']);

export function languageOf(asked: unknown, accepted: string | undefined): Language {
  const known = languages.find((language) => language === asked);
  if (known !== undefined) return known;
  const ranges = (accepted ?? '').slice(0, 500).split(',').map(rangeOf);
  const wanted = ranges.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const language = languages.find((one) => tag === one || tag.startsWith(`${one}-`));
    if (language !== undefined) return language;
  }
  return 'en';
}

/** "da-DK;q=0.8" */
function rangeOf(text: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
