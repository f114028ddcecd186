// What chains are searched for: whose hands they are in, a row each that changes with every hand-off, and who has to do
// with them, a row each that hardly changes (see find-chains.ts).

import type { ChainSummary } from '@unbroken/custody';
import { lines } from '@unbroken/platform';
import type { EntityManager } from 'typeorm';
import type { Folded } from './fold-batch.js';

export async function writeSearch(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = [...folded].sort((a, b) => (a.sub < b.sub ? -1 : 1));
  await writeHands(
    manager,
    sorted.map(({ after }) => after),
  );
  const others = sorted.filter(({ parts, before, after }) => parts === 0 || named(before) !== named(after));
  await writeNamed(
    manager,
    others.map(({ after }) => after),
  );
}

async function writeHands(manager: EntityManager, states: readonly ChainSummary[]): Promise<void> {
  await manager.query(
    `INSERT INTO chain_hands (sub, status, holder, responsible, offered_to)
     SELECT * FROM unnest(string_to_array($1, E'\\n', ''), string_to_array($2, E'\\n', ''), string_to_array($3, E'\\n', ''),
                          string_to_array($4, E'\\n', ''), string_to_array($5, E'\\n', ''))
     ON CONFLICT (sub) DO UPDATE SET
       status = excluded.status, holder = excluded.holder, responsible = excluded.responsible,
       offered_to = excluded.offered_to`,
    [
      lines(states.map(({ sub }) => sub)),
      lines(states.map(({ status }) => status)),
      lines(states.map(({ holder }) => holder)),
      lines(states.map(({ responsible }) => responsible)),
      lines(states.map(({ offer }) => offer?.to ?? null)),
    ],
  );
}

/** Their hands are written. */
async function writeNamed(manager: EntityManager, states: readonly ChainSummary[]): Promise<void> {
  if (states.length === 0) return;
  await manager.query(
    `INSERT INTO chains (sub, no, sender, consignee, parties)
     SELECT sub, (SELECT no FROM chain_hands WHERE chain_hands.sub = given.sub), sender, consignee,
            coalesce(string_to_array(parties, ' '), '{}')
     FROM unnest(string_to_array($1, E'\\n', ''), string_to_array($2, E'\\n', ''), string_to_array($3, E'\\n', ''),
                 string_to_array($4, E'\\n', '')) AS given (sub, sender, consignee, parties)
     ON CONFLICT (sub) DO UPDATE SET
       sender = excluded.sender, consignee = excluded.consignee, parties = excluded.parties`,
    [
      lines(states.map(({ sub }) => sub)),
      lines(states.map(({ sender }) => sender)),
      lines(states.map(({ consignee }) => consignee)),
      // Nobody is named yet where a remark came before its opening.
      lines(states.map(({ parties }) => parties.join(' ') || null)),
    ],
  );
}

const named = ({ sender, consignee, parties }: ChainSummary): string => [sender, consignee, ...parties].join(' ');
