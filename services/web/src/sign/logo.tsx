import { Sign } from './sign.js';
import css from './logo.module.css';

/** The house's name behind its sign; on a phone the sign alone, and the name for whoever listens. */
export function Logo() {
  return (
    <span className={css['logo']}>
      <Sign shape="whole" size={24} />
      <span className={css['name']}>Unbroken</span>
    </span>
  );
}
