// /alerts/v1: the inbox (docs/protocol, section 8).

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { alertDecision, alertsQuery } from '@unbroken/contracts';
import type { AlertsPage, Alert as ShownAlert } from '@unbroken/contracts';
import { formProblem } from '@unbroken/platform';
import type { z } from 'zod';
import type { Alert } from './alert.js';
import { Alerts } from './alerts.js';
import { ShowAlerts } from './show-alerts.js';

@Controller('alerts/v1/alerts')
export class AlertsController {
  constructor(
    @Inject(Alerts) private readonly alerts: Alerts,
    @Inject(ShowAlerts) private readonly shown: ShowAlerts,
  ) {}

  @Get()
  async list(@Query() query: unknown): Promise<AlertsPage> {
    const { alerts, cursor } = await this.alerts.find(read(alertsQuery, query));
    return { alerts: await this.shown.show(alerts), cursor };
  }

  @Get(':id')
  async one(@Param('id') id: string): Promise<ShownAlert> {
    return this.#show(await this.alerts.get(id));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  async acknowledge(@Param('id') id: string, @Body() body: unknown): Promise<ShownAlert> {
    return this.#show(await this.alerts.acknowledge(id, read(alertDecision, body)));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  async resolve(@Param('id') id: string, @Body() body: unknown): Promise<ShownAlert> {
    return this.#show(await this.alerts.resolve(id, read(alertDecision, body)));
  }

  async #show(alert: Alert): Promise<ShownAlert> {
    const [shown] = await this.shown.show([alert]);
    if (shown === undefined) throw new Error('an alert was not shown');
    return shown;
  }
}

/** Unknown members are mistakes like any other. */
function read<T extends z.ZodType>(schema: T, given: unknown): z.infer<T> {
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw formProblem(result.error.issues);
  return result.data;
}
