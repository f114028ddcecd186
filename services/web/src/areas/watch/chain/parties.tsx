import type { ChainView } from '@unbroken/contracts';
import css from './aside.module.css';

/** Everybody in the chain, with their part in it. */
export function Parties({ parties }: Pick<ChainView, 'parties'>) {
  return (
    <section className={css['part']}>
      <h2>Parties</h2>
      <ul>
        {parties.map(({ id, name, part }) => (
          <li key={id}>
            <span>{name}</span>
            <small>
              {part} · {id}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
