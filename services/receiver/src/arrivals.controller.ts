// GET /receiver/v1/arrivals (docs/protocol, section 8): what a consignee awaits, and what it has and must confirm.

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ChainStore } from '@unbroken/chains';
import type { ArrivalsAnswer } from '@unbroken/contracts';
import { cursorOf, onlyKnown, openStatuses, partyOf, shipmentView } from '@unbroken/intake';
import type { Query as QueryParameters } from '@unbroken/intake';

@Controller('receiver/v1/arrivals')
export class ArrivalsController {
  constructor(@Inject(ChainStore) private readonly chains: ChainStore) {}

  /** Arrived is what this party, or whom it mandated, holds; once confirmed it is on neither list. */
  @Get()
  async arrivals(@Query() query: QueryParameters): Promise<ArrivalsAnswer> {
    onlyKnown(query, ['party', 'cursor']);
    const party = partyOf(query);
    const page = await this.chains.find({ consignee: party, status: openStatuses, ...cursorOf(query, 'cursor') });
    const expected = page.chains.filter(({ arrived }) => arrived === null);
    const arrived = page.chains.filter(({ arrived }) => arrived !== null);
    return {
      expected: expected.map((chain) => ({ ...shipmentView(chain), offered: chain.offer?.to === party })),
      arrived: arrived.map(shipmentView),
      cursor: page.cursor,
    };
  }
}
