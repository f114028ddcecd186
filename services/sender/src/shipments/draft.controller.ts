// POST /sender/v1/shipments (docs/protocol, section 8): drafts a shipment and says what to sign, and what to mind.

import { Body, Controller, Inject, Post } from '@nestjs/common';
import { RegistryView } from '@unbroken/chains';
import type { DraftAnswer, DraftWarning } from '@unbroken/contracts';
import { defaultPolicyHash } from '@unbroken/custody';
import { CLOCK } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { draft } from './draft.js';
import { foresee } from './foresee.js';

@Controller('sender/v1/shipments')
export class DraftController {
  constructor(
    @Inject(RegistryView) private readonly view: RegistryView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  draft(@Body() body: unknown): DraftAnswer {
    const { registry, deployment } = this.view;
    const now = this.clock.now();
    const drafted = draft(body, {
      deployment,
      now,
      policyOf: (sender) => registry.policies(sender).at(-1) ?? defaultPolicyHash,
    });
    const warnings = foresee(drafted.claims, this.view, now);
    return { ...drafted, warnings, next: nextSteps(drafted.salt !== undefined, warnings) };
  }
}

function nextSteps(salted: boolean, warnings: readonly DraftWarning[]): string[] {
  return [
    ...(salted ? ['Keep the contents and the salt: without both nobody can show what was sent.'] : []),
    'Sign `registered` with these claims as they are, and post it to /sender/v1/tokens.',
    ...(warnings.some(({ code }) => code === 'dispatch.unapproved') ? ['Have a second person sign `approved`.'] : []),
    'Sign `sealed` if it goes under seal, and `released` when you hand it over.',
  ];
}
