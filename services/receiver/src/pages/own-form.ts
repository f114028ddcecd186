// Another site can make a visitor's browser post one of these forms, and it would be the visitor who told it, or asked for a
// code. Browsers say for whom they send (Fetch Metadata, www.w3.org/TR/fetch-metadata; older ones RFC 6454 alone); who says
// nothing is no browser.

import { Problem } from '@unbroken/platform';
import type { FastifyRequest } from 'fastify';

/** `none`: the person themselves, by reloading what they sent. */
const ownSites: readonly unknown[] = ['same-origin', 'none'];

/** @throws Problem 403 form.foreign where a browser sends it for another site */
export function refuseForeign({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>): void {
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined ? isHere(headers.origin, host) : ownSites.includes(site);
  if (!isOwn) throw foreign();
}

/** `null` is what a browser calls whatever hides where it comes from; these pages do not (page.ts). */
const isHere = (origin: string | undefined, host: string): boolean =>
  origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);

const foreign = (): Problem =>
  new Problem({
    status: 403,
    code: 'form.foreign',
    title: 'Another site sent this',
    detail: 'The browser says that a page of another site sent it: nothing was taken.',
    cure: 'Open the page of this hub, and fill in its form; a proxy in front of the hub passes on the Host it was asked for.',
  });
