import { IconBell, IconPackages } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import css from './places.module.css';

/** Where one can go: at the top of a desk's screen, at the bottom of a phone's. */
export function Places() {
  return (
    <>
      <Link to="/" className={css['place']} activeOptions={{ exact: true, includeSearch: false }}>
        <IconPackages size={18} aria-hidden="true" />
        Open chains
      </Link>
      <Link to="/alerts" className={css['place']}>
        <IconBell size={18} aria-hidden="true" />
        Alerts
      </Link>
    </>
  );
}
