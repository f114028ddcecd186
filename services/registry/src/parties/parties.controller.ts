// GET /registry/v1/parties/{id}, …/jwks.json and …/namesakes (docs/protocol, section 8).

import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { RegistryView } from '@unbroken/chains';
import type { NamesakesAnswer, PartyAnswer } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import { isPartyId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { jwksAnswer, namesakesAnswer, partyAnswer } from './party-answer.js';

@Controller('registry/v1/parties')
export class PartiesController {
  constructor(@Inject(RegistryView) private readonly view: RegistryView) {}

  @Get(':id')
  party(@Param('id') id: string): PartyAnswer {
    return known(id, (party) => partyAnswer(this.view.registry, party));
  }

  /** For whoever admits it: they see its name beside those that people would take it for. */
  @Get(':id/namesakes')
  namesakes(@Param('id') id: string): NamesakesAnswer {
    return known(id, (party) => namesakesAnswer(this.view.registry, party));
  }

  /** Written out here, because the framework knows plain JSON only. */
  @Get(':id/jwks.json')
  @Header('content-type', 'application/jwk-set+json')
  jwks(@Param('id') id: string): string {
    return JSON.stringify(known(id, (party) => jwksAnswer(this.view.registry, party)));
  }
}

function known<T>(id: string, answer: (party: PartyId) => T | undefined): T {
  const found = isPartyId(id) ? answer(id) : undefined;
  if (found !== undefined) return found;
  throw new Problem({
    status: 404,
    code: 'party.unknown',
    title: 'There is no such party',
    detail: 'No party of this id is established here.',
    pointer: '/id',
    cure: 'Check the id, or establish the party with its root key.',
  });
}
