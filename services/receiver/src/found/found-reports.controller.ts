// /receiver/v1/found: what finders told, for the people at the finder desk, who call back and stand for it by a third
// signature. It holds how people can be reached, so that whoever asks shows who they are.

import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ChainStore, RegistryView } from '@unbroken/chains';
import type { Asking } from '@unbroken/chains';
import { calledBack } from '@unbroken/contracts';
import type { FoundReport, FoundReports } from '@unbroken/contracts';
import { Openings, RoleAccess, cursorOf, onlyKnown, queryProblem, readerOf } from '@unbroken/intake';
import type { Guarded, Query as QueryParameters } from '@unbroken/intake';
import { CLOCK, Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { FastifyReply } from 'fastify';
import { Reports } from './reports.js';
import { mustStandFor } from './stands-for.js';

const reports: Guarded = {
  scope: 'found.reports',
  roles: ['finder-desk', 'operator'],
  title: 'Reports are for the finder desk',
  missing: {
    detail: 'What finders told holds how they can be reached, and nothing shows who asks.',
    cure: 'Use `unbroken found list`, as a party with the role finder-desk.',
  },
  notAllowed: {
    detail: 'is not enrolled for the finder desk, or the party was not admitted as one.',
    cure: 'Ask the operator for the role finder-desk, and enrol a key for it.',
  },
};

@Controller('receiver/v1/found')
export class FoundReportsController {
  readonly #access: RoleAccess;

  constructor(
    @Inject(Reports) private readonly kept: Reports,
    @Inject(RegistryView) view: RegistryView,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Openings) private readonly openings: Openings,
    @Inject(ChainStore) private readonly chains: ChainStore,
  ) {
    this.#access = new RoleAccess(view, clock, reports);
  }

  @Get()
  async list(
    @Query() query: QueryParameters,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FoundReports> {
    const asking = await this.#admit(authorization, reply);
    onlyKnown(query, ['state', 'cursor']);
    const { cursor: before } = cursorOf(query, 'cursor');
    const page = await this.kept.list({ waiting: isWaiting(query), ...(before === undefined ? {} : { before }) });
    await this.#opened(page.reports, asking);
    return page;
  }

  @Get(':callback')
  async one(
    @Param('callback') callback: string,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FoundReport> {
    const asking = await this.#admit(authorization, reply);
    return this.#shown(await this.kept.get(callback), asking);
  }

  @Post(':callback/called-back')
  @HttpCode(200)
  async calledBack(
    @Param('callback') callback: string,
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FoundReport> {
    const asking = await this.#admit(authorization, reply);
    const { witnessed } = calledBack.parse(body);
    await mustStandFor(known(await this.kept.get(callback)), witnessed, asking.party, this.chains);
    return this.#shown(await this.kept.calledBack(callback, asking.party, witnessed, this.clock.now()), asking);
  }

  @Post(':callback/erase')
  @HttpCode(200)
  async erase(
    @Param('callback') callback: string,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FoundReport> {
    await this.#admit(authorization, reply);
    return known(await this.kept.erase(callback));
  }

  async #shown(report: FoundReport | undefined, asking: Asking): Promise<FoundReport> {
    const found = known(report);
    await this.#opened([found], asking);
    return found;
  }

  /** Of whom it is known how they can be called back; kept before it is shown. */
  #opened(reports: readonly FoundReport[], asking: Asking): Promise<void> {
    const named = reports.filter(({ contact }) => contact !== null);
    const things = named.map(({ sub }) => ({ about: sub, what: 'finder-contact' as const }));
    return this.openings.opened(things, readerOf(asking));
  }

  /** Who is refused is told how to ask. */
  async #admit(authorization: string | undefined, reply: FastifyReply): Promise<Asking> {
    void reply.header('cache-control', 'no-store').header(...this.#access.challenge);
    const key = await this.#access.admit(authorization);
    void reply.removeHeader('www-authenticate');
    return key;
  }
}

function isWaiting({ state = 'waiting' }: QueryParameters): boolean {
  if (state === 'waiting' || state === 'all') return state === 'waiting';
  throw queryProblem('state', 'state is none that a report can have.', 'Use waiting or all.');
}

function known(report: FoundReport | undefined): FoundReport {
  if (report !== undefined) return report;
  throw new Problem({
    status: 404,
    code: 'found.unknown',
    title: 'There is no such report',
    detail: 'No finder was given this code.',
    pointer: '/callback',
    cure: 'Have the finder read it out again, sign by sign: two groups of four letters and digits.',
  });
}
