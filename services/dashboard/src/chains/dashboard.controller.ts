// /dashboard/v1: what people look at (docs/protocol, section 8). The stream is beside it.

import { Controller, Get, Headers, Inject, Ip, Param, Query, Res } from '@nestjs/common';
import { chainsQuery } from '@unbroken/contracts';
import type { ChainView, ChainsPage } from '@unbroken/contracts';
import { Openings, Readers } from '@unbroken/intake';
import { readShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import type { FastifyReply } from 'fastify';
import type { DataSource } from 'typeorm';
import { ChainViews } from '../chain/chain-views.js';
import { findQuery, rowsMarked } from './find-by-mark.js';
import type { FoundByMark } from './find-by-mark.js';
import { findRows } from './find-rows.js';
import { Names } from './names.js';
import { presentOf } from './present.js';
import { chainUnknown, notAnId } from './problems.js';
import { readQuery } from './read-query.js';
import { soughtBy, soughtOf } from './search.js';
import { sendZipped } from './send-zipped.js';
import { shownRow } from './shown-row.js';

export const DASHBOARD_DATABASE = Symbol('DASHBOARD_DATABASE');

@Controller('dashboard/v1')
export class DashboardController {
  constructor(
    @Inject(DASHBOARD_DATABASE) private readonly dataSource: DataSource,
    @Inject(ChainViews) private readonly views: ChainViews,
    @Inject(Names) private readonly names: Names,
    @Inject(Readers) private readonly readers: Readers,
    @Inject(Openings) private readonly openings: Openings,
  ) {}

  @Get('chains')
  async list(@Query() given: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { q, party, ...query } = readQuery(chainsQuery, given);
    // First how far the picture is: rows that change in between are told again by the stream, and none is missed.
    const { change, counts } = await presentOf(this.dataSource);
    const sought = [
      ...(q === undefined ? [] : [await soughtBy(this.dataSource, q, this.names)]),
      ...(party === undefined ? [] : [await soughtOf(this.dataSource, [party as PartyId])]),
    ];
    const { rows, cursor } = await findRows(this.dataSource, query, sought, q !== undefined);
    const page: ChainsPage = { chains: rows.map((row) => shownRow(row, this.names)), counts, cursor, change };
    sendZipped(reply, page);
  }

  @Get('chains/:sub')
  async one(
    @Param('sub') typed: string,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reader = await this.readers.of(authorization, address);
    const sub = readShipmentId(typed);
    if (sub === null) throw notAnId();
    const chain: ChainView | undefined = await this.views.of(sub);
    if (chain === undefined) throw chainUnknown();
    await this.openings.opened([{ about: sub, what: 'page' }], reader);
    sendZipped(reply, chain);
  }

  @Get('find')
  async find(@Query() given: unknown): Promise<FoundByMark> {
    const rows = await rowsMarked(this.dataSource, readQuery(findQuery, given));
    return { chains: rows.map((row) => shownRow(row, this.names)) };
  }
}
