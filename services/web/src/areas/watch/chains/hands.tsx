import type { ChainRow } from '@unbroken/contracts';
import { Name } from '../../../who/name.js';
import { MomentText } from '../../../words/moment-text.js';
import css from './hands.module.css';

/** Who holds it and since when; and who is responsible or expected to take it, where that is somebody else. */
export function Hands({ row: { holder, heldSince, responsible, offer } }: { readonly row: ChainRow }) {
  return (
    <div className={css['hands']}>
      <span>
        <span className={css['label']}>held by </span>
        {holder === null ? 'nobody known' : <Name of={holder} />}
      </span>
      {heldSince !== null && (
        <small>
          since <MomentText at={heldSince} />
        </small>
      )}
      {responsible !== null && responsible.id !== holder?.id && (
        <span className={css['responsible']}>
          <Name of={responsible} /> is responsible
        </span>
      )}
      {offer !== null && (
        <small>
          offered to <Name of={offer.to} />, <MomentText at={offer.since} />
        </small>
      )}
    </div>
  );
}
