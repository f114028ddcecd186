// /alerts/v1/split-views: anybody may show that a log has two histories; nobody can without the log's own signatures.

import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { splitViewReport } from '@unbroken/contracts';
import type { SplitViewReport } from '@unbroken/contracts';
import { formProblem } from '@unbroken/platform';
import { isAlertId } from '../alerts/alert-id.js';
import { unknownAlert } from '../alerts/problems.js';
import { SplitViews } from './split-views.js';

@Controller('alerts/v1/split-views')
export class SplitViewsController {
  constructor(@Inject(SplitViews) private readonly splitViews: SplitViews) {}

  @Post()
  @HttpCode(201)
  async report(@Body() body: unknown): Promise<{ readonly alert: string }> {
    const read = splitViewReport.safeParse(body ?? {});
    if (!read.success) throw formProblem(read.error.issues);
    return { alert: await this.splitViews.report(read.data) };
  }

  /** What was shown with an alert, for whoever has to judge it. */
  @Get(':alert')
  async shown(@Param('alert') id: string): Promise<{ readonly splitViews: readonly SplitViewReport[] }> {
    if (!isAlertId(id) || !(await this.splitViews.exists(id))) throw unknownAlert(id);
    return { splitViews: await this.splitViews.of(id) };
  }
}
