// What chains are searched for, a row each (see find-chains.ts).

import type { EntityManager } from 'typeorm';
import type { Folded } from './fold-batch.js';

export async function writeSearch(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  // In one order everywhere, so that two transactions never wait for each other.
  const states = folded.map(({ after }) => after).sort((a, b) => (a.sub < b.sub ? -1 : 1));
  await manager.query(
    `INSERT INTO chains (sub, status, sender, holder, responsible, consignee, offered_to, parties)
     SELECT sub, status, sender, holder, responsible, consignee, offered_to, string_to_array(parties, ' ')
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       AS given (sub, status, sender, holder, responsible, consignee, offered_to, parties)
     ON CONFLICT (sub) DO UPDATE SET
       status = excluded.status, sender = excluded.sender, holder = excluded.holder,
       responsible = excluded.responsible, consignee = excluded.consignee, offered_to = excluded.offered_to,
       parties = excluded.parties`,
    [
      states.map(({ sub }) => sub),
      states.map(({ status }) => status),
      states.map(({ sender }) => sender),
      states.map(({ holder }) => holder),
      states.map(({ responsible }) => responsible),
      states.map(({ consignee }) => consignee),
      states.map(({ offer }) => offer?.to ?? null),
      states.map(({ parties }) => parties.join(' ')),
    ],
  );
}
