// /guest/{sub}: where a guest asks for a code and confirms with it, without account, app or script.

import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Problem } from '@unbroken/platform';
import { readShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { finderNotice } from '../found/finder-page.js';
import { takeForms } from '../pages/form-body.js';
import { languageFor } from '../pages/language.js';
import { refuseForeign } from '../pages/own-form.js';
import { sendPage } from '../pages/page.js';
import type { Page } from '../pages/page.js';
import { CodeDesk } from './code-desk.js';
import { guestForm, guestThanks } from './guest-page.js';
import type { GuestNotice } from './guest-page.js';

const filledIn = z.strictObject({
  code: z.string().max(40),
  pieces: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  unopened: z.enum(['yes', 'no']),
});

const notices: Readonly<Record<string, GuestNotice>> = {
  'code.wrong': 'wrong',
  'code.expired': 'expired',
  'code.used': 'used',
  'code.closed': 'closed',
  'code.too-many': 'tooOften',
};

@Controller('guest')
export class GuestPageController implements OnModuleInit {
  constructor(
    @Inject(CodeDesk) private readonly desk: CodeDesk,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>();
    for (const route of ['/guest/:sub', '/guest/:sub/code']) takeForms(fastify, route);
  }

  @Get(':sub')
  form(@Param('sub') typed: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#answer(typed, request, reply, (sub, language) => Promise.resolve(guestForm(sub, language)));
  }

  @Post(':sub/code')
  ask(@Param('sub') typed: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#answer(typed, request, reply, async (sub, language) => {
      refuseForeign(request);
      await this.desk.ask(sub, request.ip);
      return guestForm(sub, language, 'asked');
    });
  }

  @Post(':sub')
  confirm(@Param('sub') typed: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#answer(typed, request, reply, async (sub, language) => {
      refuseForeign(request);
      const read = filledIn.safeParse(request.body);
      if (!read.success) return guestForm(sub, language, 'incomplete');
      const { code, pieces, unopened } = read.data;
      await this.desk.confirm(sub, { code, pieces, unopened: unopened === 'yes' }, request.ip);
      return guestThanks(language);
    });
  }

  async #answer(
    typed: string,
    request: FastifyRequest,
    reply: FastifyReply,
    page: (sub: ShipmentId, language: Page['language']) => Promise<Page>,
  ): Promise<void> {
    const language = languageFor(request);
    const sub = readShipmentId(typed);
    if (sub === null) {
      sendPage(reply, 404, finderNotice(language, 'unreadable'));
      return;
    }
    try {
      sendPage(reply, 200, await page(sub, language));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'form.foreign') sendPage(reply, error.status, finderNotice(language, 'foreign'));
      else sendPage(reply, error.status, guestForm(sub, language, notices[error.code] ?? 'notNow'));
    }
  }
}
