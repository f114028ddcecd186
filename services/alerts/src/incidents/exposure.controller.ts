// GET /alerts/v1/exposure/{sub}: who may have seen what was in it (docs/protocol, section 8).

import { Controller, Get, Header, Headers, Inject, Param } from '@nestjs/common';
import { RegistryView } from '@unbroken/chains';
import type { ExposureReport } from '@unbroken/custody';
import { Openings, readerOf } from '@unbroken/intake';
import type { PartyId } from '@unbroken/tokens';
import { exposureDocument, naming, plainText } from '@unbroken/words';
import { Exposures } from './exposures.js';
import { INCIDENT_DOOR } from './incident-door.js';
import type { IncidentDoor } from './incident-door.js';

@Controller('alerts/v1/exposure')
export class ExposureController {
  constructor(
    @Inject(Exposures) private readonly exposures: Exposures,
    @Inject(INCIDENT_DOOR) private readonly door: IncidentDoor,
    @Inject(RegistryView) private readonly view: RegistryView,
    @Inject(Openings) private readonly openings: Openings,
  ) {}

  @Get(':sub')
  @Header('cache-control', 'no-store')
  async report(
    @Param('sub') sub: string,
    @Headers('authorization') authorization: string | undefined,
  ): Promise<ExposureReport> {
    const asking = await this.door.shown(authorization);
    const report = await this.exposures.of(sub, asking);
    await this.openings.opened([{ about: report.sub, what: 'exposure' }], readerOf(asking));
    return report;
  }

  /** The same in words. */
  @Get(':sub/text')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async text(@Param('sub') sub: string, @Headers('authorization') authorization: string | undefined): Promise<string> {
    return plainText(exposureDocument(await this.report(sub, authorization), this.#nameOf));
  }

  readonly #nameOf = naming((party) => this.view.registry.party(party as PartyId)?.name);
}
