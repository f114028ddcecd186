// Watch: what is open, one chain, and what somebody must act on.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ChainsFilter } from '../../hub/chains.js';
import type { AlertsSearch } from '../../hub/alerts.js';
import { shownStates } from '../../hub/alerts.js';
import { root } from '../../root-route.js';
import { groupNames } from '../../words/group-words.js';

export const watchRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    // A search looks in every group, whatever the address says: who looks for a parcel does not know how it is.
    validateSearch: ({ group, q }: Record<string, unknown>): ChainsFilter => ({
      group: text(q) === undefined ? groupNames.find((name) => name === group) : undefined,
      q: text(q),
    }),
    component: lazyRouteComponent(() => import('./chains/chains-screen.js'), 'ChainsScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/chains/$sub',
    component: lazyRouteComponent(() => import('./chain/chain-screen.js'), 'ChainScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/alerts',
    validateSearch: ({ state, sub }: Record<string, unknown>): AlertsSearch => ({
      state: shownStates.find((name) => name === state),
      sub: text(sub),
    }),
    component: lazyRouteComponent(() => import('./alerts/alerts-screen.js'), 'AlertsScreen'),
  }),
] as const;

/** A carrier's number in the address is read as a number. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
