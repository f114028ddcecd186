import css from './name.module.css';

/**
 * A party's name. Parties choose their own: it may run the other way, turn what stands beside it around, or have no place
 * to break.
 */
export function Name({ of: { name } }: { readonly of: { readonly name: string } }) {
  return <bdi className={css['name']}>{name}</bdi>;
}
