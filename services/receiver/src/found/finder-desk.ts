// Takes what finders tell, within limits that are the same for a shipment that exists and one that does not.

import { sourceOf, whileAway } from '@unbroken/intake';
import type { FinderReport } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { Desks } from '../desks/desks.js';
import type { DeskLimits, Limit } from '../limits/desk-limits.js';
import type { Reports } from './reports.js';

const HOUR_MS = 3_600_000;

/**
 * Nobody finds ten an hour. Of one parcel a second report puts the first one right, a third adds nothing. How often a parcel
 * is told of is not limited: whoever knew its number could use that up and silence who really has it. What is signed of it
 * is (report-signing.ts).
 */
const perSource: Limit = { name: 'found-by', most: 10, perMs: HOUR_MS };
const perSourceAndShipment: Limit = { name: 'found-by-of', most: 2, perMs: HOUR_MS };

export interface FinderDeskParts {
  readonly reports: Reports;
  readonly limits: DeskLimits;
  readonly desks: Desks;
  readonly clock: Clock;
  /** There is something to sign. */
  readonly wake: () => void;
}

export class FinderDesk {
  constructor(private readonly parts: FinderDeskParts) {}

  get isOpen(): boolean {
    return this.parts.desks.has('finder');
  }

  /**
   * Keeps what a finder told; answers the code to quote on the phone. `address` is where the request came from.
   * @throws Problem 503 where there is no desk or no database, 429 where it is too often
   */
  async tell(sub: ShipmentId, report: FinderReport, address: string): Promise<string> {
    const { reports, limits, clock, wake } = this.parts;
    if (!this.isOpen) throw noDesk();
    return whileAway(async () => {
      const source = sourceOf(address);
      const isWithin = await limits.allowsAll([perSource, source], [perSourceAndShipment, `${source} ${sub}`]);
      if (!isWithin) throw tooOften();
      const callback = await reports.keep(sub, report, clock.now());
      wake();
      return callback;
    });
  }
}

const noDesk = (): Problem =>
  new Problem({
    status: 503,
    code: 'found.no-desk',
    title: 'There is no finder desk here',
    detail: 'The operator of this hub has no key for a finder desk.',
    cure: 'Call the number on the label. The operator sets UNBROKEN_FINDER_DESK_KEY.',
  });

const tooOften = (): Problem =>
  new Problem({
    status: 429,
    code: 'found.too-many',
    title: 'Too many reports',
    detail: 'Your network has told of this parcel twice within the hour, or of ten together.',
    cure: 'Call the number on the label, or try again in an hour.',
  });
