// What is printed on a parcel and its seals, so that people find the chain by it.

import type { Folded } from '@unbroken/chains';
import { arrayLiteral } from '@unbroken/platform';
import type { EntityManager } from 'typeorm';
import { compact } from '../chains/compact.js';

interface Mark {
  readonly mark: string;
  /** Whose number it is, such as s10; empty for a seal. */
  readonly scheme: string;
}

/** Adds the marks that these steps have brought. */
export async function writeMarks(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const marks = folded.flatMap((chain) =>
    newMarks(chain).map((mark) => ({ ...mark, sub: chain.sub, at: givenAt(chain) })),
  );
  if (marks.length === 0) return;
  const inOrder = marks.toSorted((a, b) => (a.mark + a.scheme + a.sub < b.mark + b.scheme + b.sub ? -1 : 1));
  await manager.query(
    `INSERT INTO marks (mark, scheme, sub, given_at)
     SELECT mark, scheme, sub, to_timestamp(at)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[]) AS given (mark, scheme, sub, at)
     ON CONFLICT DO NOTHING`,
    [
      arrayLiteral(inOrder.map(({ mark }) => mark)),
      arrayLiteral(inOrder.map(({ scheme }) => scheme)),
      arrayLiteral(inOrder.map(({ sub }) => sub)),
      arrayLiteral(inOrder.map(({ at }) => at)),
    ],
  );
}

function newMarks({ before, after }: Folded): readonly Mark[] {
  const isOpened = after.opening !== null && after.opening.tid !== before.opening?.tid;
  const numbers = isOpened ? Object.entries(after.opening.refs) : [];
  const seals = Object.keys(after.seals).filter((seal) => !Object.hasOwn(before.seals, seal));
  return [
    ...numbers.map(([scheme, number]) => ({ mark: compact(number), scheme })),
    ...seals.map((seal) => ({ mark: compact(seal), scheme: '' })),
  ];
}

/** When the newest of them was recorded: near enough to when it was put on. */
const givenAt = ({ after }: Folded): number => after.recordedAt / 1000;
