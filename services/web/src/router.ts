// Every address of the page. A screen is loaded when it is first opened.

import { createRouter } from '@tanstack/react-router';
import { watchRoutes } from './areas/watch/watch-routes.js';
import { root } from './root-route.js';
import { Broken } from './shell/broken.js';

export const router = createRouter({
  routeTree: root.addChildren(watchRoutes),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
