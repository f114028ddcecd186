// GET /courier/v1/custody (docs/protocol, section 8): what waits for a courier's acceptance, and what it has in hand.

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ChainStore } from '@unbroken/chains';
import type { CustodyAnswer } from '@unbroken/contracts';
import { cursorOf, onlyKnown, openStatuses, partyOf, shipmentView } from '@unbroken/intake';
import type { Query as QueryParameters } from '@unbroken/intake';

@Controller('courier/v1/custody')
export class CustodyController {
  constructor(@Inject(ChainStore) private readonly chains: ChainStore) {}

  @Get()
  async custody(@Query() query: QueryParameters): Promise<CustodyAnswer> {
    onlyKnown(query, ['party', 'offered-after', 'held-after']);
    const party = partyOf(query);
    const [offered, held] = await Promise.all([
      this.chains.find({ offeredTo: party, status: openStatuses, ...cursorOf(query, 'offered-after') }),
      this.chains.find({ holder: party, status: openStatuses, ...cursorOf(query, 'held-after') }),
    ]);
    return {
      offered: offered.chains.map(shipmentView),
      held: held.chains.map(shipmentView),
      cursors: { offered: offered.cursor, held: held.cursor },
    };
  }
}
