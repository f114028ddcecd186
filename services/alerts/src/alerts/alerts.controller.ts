// /alerts/v1: the inbox (docs/protocol, section 8).

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { alertAssignment, alertDecision } from '@unbroken/contracts';
import type {
  AlertAssignment,
  AlertDecision,
  AlertsPage,
  NotificationsAnswer,
  Alert as ShownAlert,
} from '@unbroken/contracts';
import { formProblem } from '@unbroken/platform';
import type { Alert } from './alert.js';
import { Alerts } from './alerts.js';
import { ShownNotifications } from '../notify/show/shown-notifications.js';
import { readQuery } from './read-query.js';
import { ShowAlerts } from './show-alerts.js';

@Controller('alerts/v1/alerts')
export class AlertsController {
  constructor(
    @Inject(Alerts) private readonly alerts: Alerts,
    @Inject(ShowAlerts) private readonly shown: ShowAlerts,
    @Inject(ShownNotifications) private readonly notifications: ShownNotifications,
  ) {}

  @Get()
  async list(@Query() query: Record<string, unknown>): Promise<AlertsPage> {
    const { alerts, cursor } = await this.alerts.find(readQuery(query));
    return { alerts: await this.notifications.add(await this.shown.show(alerts)), cursor };
  }

  @Get(':id')
  async one(@Param('id') id: string): Promise<ShownAlert> {
    return this.#show(await this.alerts.get(id));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  async acknowledge(@Param('id') id: string, @Body() body: unknown): Promise<ShownAlert> {
    return this.#show(await this.alerts.acknowledge(id, readDecision(body)));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  async resolve(@Param('id') id: string, @Body() body: unknown): Promise<ShownAlert> {
    return this.#show(await this.alerts.resolve(id, readDecision(body)));
  }

  @Post(':id/assign')
  @HttpCode(200)
  async assign(@Param('id') id: string, @Body() body: unknown): Promise<ShownAlert> {
    return this.#show(await this.alerts.assign(id, readAssignment(body)));
  }

  /** How its contacts were told: each message, each attempt, and when the next one is. */
  @Get(':id/notifications')
  async told(@Param('id') id: string): Promise<NotificationsAnswer> {
    return this.notifications.of((await this.alerts.get(id)).id);
  }

  async #show(alert: Alert): Promise<ShownAlert> {
    const [shown] = await this.notifications.add(await this.shown.show([alert]));
    if (shown === undefined) throw new Error('an alert was not shown');
    return shown;
  }
}

/** Unknown members are mistakes like any other. */
function readDecision(body: unknown): AlertDecision {
  const result = alertDecision.safeParse(body ?? {});
  if (!result.success) throw formProblem(result.error.issues);
  return result.data;
}

function readAssignment(body: unknown): AlertAssignment {
  const result = alertAssignment.safeParse(body ?? {});
  if (!result.success) throw formProblem(result.error.issues);
  return result.data;
}
