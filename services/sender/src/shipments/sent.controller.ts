// GET /sender/v1/shipments (docs/protocol, section 8): what a party sent, and where it is.

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ChainStore } from '@unbroken/chains';
import type { ShipmentsAnswer } from '@unbroken/contracts';
import type { Status } from '@unbroken/custody';
import { cursorOf, onlyKnown, partyOf, queryProblem, shipmentView, statuses } from '@unbroken/intake';
import type { Query as QueryParameters } from '@unbroken/intake';

@Controller('sender/v1/shipments')
export class SentController {
  constructor(@Inject(ChainStore) private readonly chains: ChainStore) {}

  @Get()
  async sent(@Query() query: QueryParameters): Promise<ShipmentsAnswer> {
    onlyKnown(query, ['party', 'status', 'cursor']);
    const sender = partyOf(query);
    const page = await this.chains.find({ sender, ...statusOf(query), ...cursorOf(query, 'cursor') });
    return { shipments: page.chains.map(shipmentView), cursor: page.cursor };
  }
}

function statusOf({ status }: QueryParameters): { readonly status?: readonly Status[] } {
  if (status === undefined) return {};
  const known = statuses.find((one) => one === status);
  if (known !== undefined) return { status: [known] };
  throw queryProblem('status', 'status is none that a chain can have.', `Use one of ${statuses.join(', ')}.`);
}
