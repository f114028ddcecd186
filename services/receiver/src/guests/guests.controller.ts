// POST /receiver/v1/guests: whom a shipment is for who has no keys, before it is registered. What is answered is signed in
// the claim `guest`; who and how to reach them goes no further than this service's own table.

import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { guestDetails } from '@unbroken/contracts';
import { sourceOf, whileAway } from '@unbroken/intake';
import { CLOCK, Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { FastifyRequest } from 'fastify';
import { CodeDesk } from '../codes/code-desk.js';
import { SEND_CODE } from '../codes/send-code.js';
import type { SendCode } from '../codes/send-code.js';
import { DeskLimits } from '../limits/desk-limits.js';
import type { Limit } from '../limits/desk-limits.js';
import { Guests } from './guests.js';

/** A sender registers many at once; what nobody registers goes after three days. */
const perSource: Limit = { name: 'guest-by', most: 2_000, perMs: 3_600_000 };

@Controller('receiver/v1/guests')
export class GuestsController {
  constructor(
    @Inject(Guests) private readonly guests: Guests,
    @Inject(CodeDesk) private readonly desk: CodeDesk,
    @Inject(SEND_CODE) private readonly sendCode: SendCode,
    @Inject(DeskLimits) private readonly limits: DeskLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  async keep(@Body() body: unknown, @Req() { ip }: FastifyRequest): Promise<{ guest: string }> {
    const guest = guestDetails.parse(body);
    const way = 'email' in guest ? 'email' : 'phone';
    if (!this.desk.isOpen || !this.sendCode.can(way)) throw notReached(way);
    return whileAway(async () => {
      if (!(await this.limits.allows(perSource, sourceOf(ip)))) throw tooMany();
      return { guest: await this.guests.keep(guest, this.clock.now()) };
    });
  }
}

const title = 'The guest cannot be kept';

const notReached = (way: 'email' | 'phone'): Problem =>
  new Problem({
    status: 409,
    code: 'guest.not-reached',
    title,
    detail: `This hub sends no codes by ${way}: the guest could never confirm.`,
    pointer: `/${way}`,
    cure:
      way === 'email'
        ? 'Give a phone number, or have the operator set UNBROKEN_SMTP_SERVER, UNBROKEN_SMTP_FROM and UNBROKEN_CODE_DESK_KEY.'
        : 'Give an e-mail address, or have the operator set UNBROKEN_SMS_URL, UNBROKEN_SMS_SECRET and UNBROKEN_CODE_DESK_KEY.',
  });

const tooMany = (): Problem =>
  new Problem({
    status: 429,
    code: 'guest.too-many',
    title,
    detail: 'Too many guests were named from your network within the hour.',
    cure: 'Go on in an hour.',
  });
