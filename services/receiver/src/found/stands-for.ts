// By which token a party stands for what a finder told: its own `witnessed` of that report, on the chain of its shipment.

import type { ChainStore } from '@unbroken/chains';
import type { FoundReport } from '@unbroken/contracts';
import { isMalformed } from '@unbroken/custody';
import { Problem, untilThere } from '@unbroken/platform';
import type { PartyId, ShipmentId } from '@unbroken/tokens';

/** @throws Problem 409 found.not-witnessed where no such token has come within two seconds */
export async function mustStandFor(
  { sub, tid }: FoundReport,
  witnessed: string,
  party: PartyId,
  chains: Pick<ChainStore, 'get'>,
): Promise<void> {
  const stands = async () =>
    (await chains.get(sub as ShipmentId))?.history.find(
      (token) =>
        token.tid === witnessed &&
        !isMalformed(token) &&
        token.claims.evt === 'witnessed' &&
        token.claims.of === tid &&
        token.claims.iss === party,
    );
  if ((tid === null ? undefined : await untilThere(stands)) === undefined) throw notWitnessed(party);
}

const notWitnessed = (party: PartyId): Problem =>
  new Problem({
    status: 409,
    code: 'found.not-witnessed',
    title: 'Nobody stands for this report by that token',
    detail: `The chain of its shipment holds no \`witnessed\` of ${party} with this id, of the report’s own \`found\` token.`,
    pointer: '/witnessed',
    cure: 'Use `unbroken found confirm`; where it was signed just now, try again when it is recorded.',
  });
