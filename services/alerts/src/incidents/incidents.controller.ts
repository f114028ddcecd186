// /alerts/v1/incidents: a party's own incidents (docs/protocol, section 8). Who asks is shown by a key; an incident and its
// file are read and written by the party alone whose it is.

import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Asking } from '@unbroken/chains';
import { incidentAct, incidentOpening } from '@unbroken/contracts';
import type {
  HoldAnswer,
  Incident,
  IncidentFile,
  IncidentRegister,
  NotificationDraft,
  OpenedThing,
} from '@unbroken/contracts';
import { Openings, readerOf } from '@unbroken/intake';
import { Problem, formProblem } from '@unbroken/platform';
import { readShipmentId } from '@unbroken/tokens';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { INCIDENT_DOOR } from './incident-door.js';
import type { IncidentDoor } from './incident-door.js';
import { isHeld } from './incident-store.js';
import { Incidents } from './incidents.js';

type Shown = string | undefined;

@Controller('alerts/v1')
export class IncidentsController {
  constructor(
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(INCIDENT_DOOR) private readonly door: IncidentDoor,
    @Inject(Openings) private readonly openings: Openings,
    @Inject(getDataSourceToken('alerts')) private readonly dataSource: DataSource,
  ) {}

  @Get('incidents')
  @Header('cache-control', 'no-store')
  async list(@Headers('authorization') shown: Shown): Promise<{ incidents: Incident[] }> {
    return { incidents: await this.incidents.list(await this.door.shown(shown)) };
  }

  @Get('incidents/register')
  @Header('cache-control', 'no-store')
  async register(@Headers('authorization') shown: Shown): Promise<IncidentRegister> {
    const asking = await this.door.shown(shown);
    const register = await this.incidents.register(asking);
    await this.#opened('register', register.party, asking);
    return register;
  }

  @Post('incidents')
  async open(@Body() body: unknown, @Headers('authorization') shown: Shown): Promise<IncidentFile> {
    const asking = await this.door.shown(shown);
    const id = await this.incidents.open(read(incidentOpening, body), asking);
    return this.#file(id, asking);
  }

  @Get('incidents/:id')
  @Header('cache-control', 'no-store')
  async one(@Param('id') id: string, @Headers('authorization') shown: Shown): Promise<IncidentFile> {
    return this.#file(id, await this.door.shown(shown));
  }

  @Post('incidents/:id/acts')
  @HttpCode(200)
  async act(
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('authorization') shown: Shown,
  ): Promise<IncidentFile> {
    const asking = await this.door.shown(shown);
    await this.incidents.act(id, read(incidentAct, body), asking);
    return this.#file(id, asking);
  }

  @Get('incidents/:id/draft')
  @Header('cache-control', 'no-store')
  async draft(@Param('id') id: string, @Headers('authorization') shown: Shown): Promise<NotificationDraft> {
    const asking = await this.door.shown(shown);
    const draft = await this.incidents.draft(id, asking);
    await this.#opened('draft', id, asking);
    return draft;
  }

  /** Whether erasure must leave the chain alone; whoever knows its id may ask, and learns no more. */
  @Get('holds/:sub')
  @Header('cache-control', 'no-store')
  async held(@Param('sub') typed: string): Promise<HoldAnswer> {
    const sub = readShipmentId(typed);
    if (sub === null) throw noShipment(typed);
    return { sub, held: await isHeld(this.dataSource.manager, sub) };
  }

  async #file(id: string, asking: Asking): Promise<IncidentFile> {
    const file = await this.incidents.get(id, asking);
    await this.#opened('incident', id, asking);
    return file;
  }

  /** Kept before it is shown; who may ask for it is the party whose own it is. */
  #opened(what: OpenedThing, about: string, asking: Asking): Promise<void> {
    return this.openings.opened([{ about, what, owner: asking.party }], readerOf(asking));
  }
}

/** Unknown members are mistakes like any other. */
function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body ?? {});
  if (!result.success) throw formProblem(result.error.issues);
  return result.data;
}

const noShipment = (typed: string): Problem =>
  new Problem({
    status: 400,
    code: 'shipment.form',
    title: 'That is no shipment id',
    detail: `${typed.slice(0, 40)} is no shipment id, or a character is mistyped`,
    pointer: '/sub',
    cure: 'Compare the id with the label',
  });
