// Hears the registry log for admission.

import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { RawMessage } from '@unbroken/platform';
import { Admission } from './admission.js';

export const ADMISSION = Symbol('ADMISSION');

@Controller()
export class AdmissionConsumer {
  constructor(@Inject(Admission) private readonly admission: Admission) {}

  @EventPattern('registry.recorded.v1', ADMISSION)
  async admit(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.admission.admit(messages);
  }
}
