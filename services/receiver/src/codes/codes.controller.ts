// POST /receiver/v1/codes and …/confirm: a guest's code, for programs (docs/protocol, section 8, "Guests").

import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { codeAsked, codeConfirmation } from '@unbroken/contracts';
import type { CodeConfirmed } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import { readShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { FastifyRequest } from 'fastify';
import { CodeDesk } from './code-desk.js';

@Controller('receiver/v1/codes')
export class CodesController {
  constructor(@Inject(CodeDesk) private readonly desk: CodeDesk) {}

  @Post()
  @HttpCode(202)
  async ask(@Body() body: unknown, @Req() { ip }: FastifyRequest): Promise<{ until: string }> {
    const sub = shipmentOf(codeAsked.parse(body).sub);
    return { until: new Date(await this.desk.ask(sub, ip)).toISOString() };
  }

  @Post('confirm')
  @HttpCode(200)
  confirm(@Body() body: unknown, @Req() { ip }: FastifyRequest): Promise<CodeConfirmed> {
    const { sub, ...said } = codeConfirmation.parse(body);
    return this.desk.confirm(shipmentOf(sub), said, ip);
  }
}

function shipmentOf(typed: string): ShipmentId {
  const sub = readShipmentId(typed);
  if (sub !== null) return sub;
  throw new Problem({
    status: 422,
    code: 'code.no-shipment-id',
    title: 'The code desk',
    detail: 'sub is not a shipment id, or one of its signs is mistyped.',
    pointer: '/sub',
    cure: 'Compare it with the label: seventeen letters and digits, such as 7K2M-9QX4-T1B8-ZC3V-2.',
  });
}
