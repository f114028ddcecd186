// GET /ledger/v1/openings/{about}: who has seen this (docs/protocol, section 11).

import { Controller, Get, Header, Headers, Inject, Param, Query } from '@nestjs/common';
import { mayRead, mayReadAll, RegistryView } from '@unbroken/chains';
import type { Asking } from '@unbroken/chains';
import type { OpeningsAnswer } from '@unbroken/contracts';
import { foldAll } from '@unbroken/custody';
import { Readers, cursorOf, onlyKnown } from '@unbroken/intake';
import type { Query as QueryParameters } from '@unbroken/intake';
import { Problem } from '@unbroken/platform';
import { readShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { Chains } from '../prove/chains.js';
import { LEDGER_DATABASE } from '../prove/ledger.controller.js';
import { historyOf } from '../prove/shipment-chain.js';
import { LogKeys } from '../sign/log-keys.js';
import { entriesAround } from './entries-at.js';
import { openingGaps } from './opening-gaps.js';
import { openingsOf } from './opening-rows.js';

type Gaps = OpeningsAnswer['gaps'];

@Controller('ledger/v1/openings')
export class OpeningsController {
  constructor(
    @Inject(LEDGER_DATABASE) private readonly dataSource: DataSource,
    @Inject(Chains) private readonly chains: Chains,
    @Inject(RegistryView) private readonly view: RegistryView,
    @Inject(Readers) private readonly readers: Readers,
    @Inject(LogKeys) private readonly keys: LogKeys,
  ) {}

  @Get(':about')
  @Header('cache-control', 'no-store')
  async of(
    @Param('about') typed: string,
    @Query() query: QueryParameters,
    @Headers('authorization') authorization: string | undefined,
  ): Promise<OpeningsAnswer> {
    const asking = await this.readers.shown(authorization);
    onlyKnown(query, ['cursor']);
    const sub = readShipmentId(typed);
    const gaps = await openingGaps(this.dataSource.manager, this.keys);
    const abouts = sub === null ? await this.#owned(typed, asking, gaps) : await this.#ofShipment(sub, asking, gaps);
    const { cursor } = cursorOf(query, 'cursor');
    return { about: sub ?? typed, ...(await openingsOf(this.dataSource.manager, abouts, cursor)), gaps };
  }

  /** By itself, and among all entries of a log. */
  async #ofShipment(sub: ShipmentId, asking: Asking, gaps: Gaps): Promise<readonly string[]> {
    const rows = await this.chains.entries(sub);
    if (rows === undefined || !mayRead(asking, foldAll(sub, historyOf(rows, this.view)))) throw unknown(sub, gaps);
    return [sub, ...new Set(rows.map(({ log, index }) => entriesAround(log, Number(index))))];
  }

  /** An incident, or the register of them: its party's own. */
  async #owned(about: string, asking: Asking, gaps: Gaps): Promise<readonly string[]> {
    const [found] = await this.dataSource.query<unknown[]>(
      'SELECT 1 FROM openings WHERE about = $1 AND (owner = $2 OR $3) LIMIT 1',
      [about, asking.party, mayReadAll(asking)],
    );
    if (found === undefined) throw unknown(about, gaps);
    return [about];
  }
}

/** Whose an incident was may be lost with its openings: that there is a gap is said to everybody, and no more than that. */
const unknown = (about: string, gaps: Gaps): Problem =>
  new Problem({
    status: 404,
    code: 'openings.unknown',
    title: 'Nothing to tell you of it',
    detail:
      `Nothing is recorded of ${about.slice(0, 60)}, or it is not your party’s to ask who has seen it` +
      gaps
        .map(({ from, to }) => `; what was opened ${from === null ? '' : `from ${from} on `}until ${to} is lost`)
        .join(''),
    pointer: '/about',
    cure: 'Compare the id; ask with a key of a party that the chain names or whose incident it is, or as auditor',
  });
