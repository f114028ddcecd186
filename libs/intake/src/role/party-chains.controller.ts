// GET /ROLE/v1/chains?party=: every chain that has to do with a party, and which of them have changed, so that the party's
// own agent can keep a copy of them.

import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ChainStore } from '@unbroken/chains';
import type { PartyChainsAnswer } from '@unbroken/contracts';
import { cursorOf, onlyKnown, partyOf } from './party-query.js';
import type { Query as QueryParameters } from './party-query.js';

const PAGE = 500;

export function partyChainsController(role: string): Type {
  @Controller(`${role}/v1/chains`)
  class PartyChainsController {
    constructor(@Inject(ChainStore) private readonly chains: ChainStore) {}

    @Get()
    async list(@Query() query: QueryParameters): Promise<PartyChainsAnswer> {
      onlyKnown(query, ['party', 'cursor']);
      const page = await this.chains.versions({ party: partyOf(query), limit: PAGE, ...cursorOf(query, 'cursor') });
      return { chains: [...page.chains], cursor: page.cursor };
    }
  }
  return PartyChainsController;
}
