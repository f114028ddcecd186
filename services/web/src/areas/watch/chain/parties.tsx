import type { ChainView } from '@unbroken/contracts';
import { Name } from '../../../who/name.js';
import css from './aside.module.css';

/** Everybody in the chain, with their part in it. */
export function Parties({ parties }: Pick<ChainView, 'parties'>) {
  return (
    <section className={css['part']}>
      <h2>Parties</h2>
      <ul>
        {parties.map((party) => (
          <li key={party.id}>
            <Name of={party} />
            <small>
              {party.part} · {party.id}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
