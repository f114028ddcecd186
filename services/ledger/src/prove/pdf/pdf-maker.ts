// Laying pages out takes a second of computing: it is done in a thread of its own, one at a time, so that recording never
// waits for somebody who wants something to print.

import { Worker } from 'node:worker_threads';
import type { EvidenceBundle } from '@unbroken/evidence';
import { Problem } from '@unbroken/platform';

/** What to make: `at` is when it is judged, in seconds since 1970. */
export interface PdfOrder {
  readonly bundle: EvidenceBundle;
  readonly at: number;
}

const ENTRY = import.meta.url.endsWith('.ts') ? './from-source/pdf-thread.js' : './pdf-thread.js';
/** More are told to come again: each holds a bundle in memory. */
const MOST_WAITING = 8;

export class PdfMaker {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @throws Problem when too many wait; Error when the thread fails, as for a bundle that does not hold */
  async make(order: PdfOrder): Promise<Uint8Array> {
    if (this.#waiting >= MOST_WAITING) throw tooMany();
    this.#waiting += 1;
    const made = this.#last.then(() => inThread(order));
    this.#last = made.catch(() => undefined);
    try {
      return await made;
    } finally {
      this.#waiting -= 1;
    }
  }
}

function inThread(order: PdfOrder): Promise<Uint8Array> {
  const worker = new Worker(new URL(ENTRY, import.meta.url), { workerData: order });
  // A process that ends waits for no pages.
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that makes a PDF ended without one')));
  });
}

const tooMany = (): Problem =>
  new Problem({
    status: 503,
    code: 'evidence.busy',
    title: 'Too many at once',
    detail: `${MOST_WAITING} others wait for their PDF`,
    cure: 'Ask again in some seconds; or take the evidence as JSON and make the PDF yourself: unbroken evidence --from FILE --pdf FILE',
  });
