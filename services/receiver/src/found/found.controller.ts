// GET and POST /found/{sub}: the finder's page, for people without account, app or script. It answers the same whether
// there is such a shipment or not (docs/protocol, section 8, "The finder's page").

import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { finderReport } from '@unbroken/contracts';
import type { FinderAnswer } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import { readShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeForms } from '../pages/form-body.js';
import { languageFor } from '../pages/language.js';
import type { Language } from '../pages/language.js';
import { refuseForeign } from '../pages/own-form.js';
import { sendPage } from '../pages/page.js';
import { FinderDesk } from './finder-desk.js';
import { finderForm, finderNotice, finderThanks } from './finder-page.js';
import type { FinderNotice } from './finder-page.js';

const notices: Readonly<Record<string, FinderNotice>> = { 'found.too-many': 'tooOften', 'form.foreign': 'foreign' };

@Controller('found')
export class FoundController implements OnModuleInit {
  constructor(
    @Inject(FinderDesk) private readonly desk: FinderDesk,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    takeForms(this.http.httpAdapter.getInstance<FastifyInstance>(), '/found/:sub');
  }

  @Get(':sub')
  form(@Param('sub') typed: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const language = languageFor(request);
    const sub = readShipmentId(typed);
    if (sub === null) sendPage(reply, 404, finderNotice(language, 'unreadable'));
    else if (!this.desk.isOpen) sendPage(reply, 503, finderNotice(language, 'notNow'));
    else sendPage(reply, 200, finderForm(sub, language));
  }

  /** A form is answered with a page; a program that asks for JSON with JSON and problems. */
  @Post(':sub')
  async told(@Param('sub') typed: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const sub = readShipmentId(typed);
    if (!asksForPage(request)) {
      refuseForeign(request);
      if (sub === null) throw unreadable();
      const callback = await this.desk.tell(sub, finderReport.parse(request.body), request.ip);
      void reply.status(200).send({ callback } satisfies FinderAnswer);
      return;
    }
    const language = languageFor(request);
    if (sub === null) sendPage(reply, 404, finderNotice(language, 'unreadable'));
    else await this.#answerForm(sub, language, request, reply);
  }

  async #answerForm(sub: ShipmentId, language: Language, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      refuseForeign(request);
      const read = finderReport.safeParse(request.body);
      if (read.success) sendPage(reply, 200, finderThanks(await this.desk.tell(sub, read.data, request.ip), language));
      else sendPage(reply, 400, finderForm(sub, language, 'incomplete'));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      sendPage(reply, error.status, finderNotice(language, notices[error.code] ?? 'notNow'));
    }
  }
}

const asksForPage = ({ headers }: FastifyRequest): boolean => (headers.accept ?? '').includes('text/html');

const unreadable = (): Problem =>
  new Problem({
    status: 404,
    code: 'found.no-shipment-id',
    title: 'That is no shipment id',
    detail: 'The last part of the path is not a shipment id, or one of its signs is mistyped.',
    pointer: '/sub',
    cure: 'Compare it with the label: seventeen letters and digits, such as 7K2M-9QX4-T1B8-ZC3V-2.',
  });
