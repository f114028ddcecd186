import { createRootRoute } from '@tanstack/react-router';
import { NothingHere } from './shell/nothing-here.js';
import { Shell } from './shell/shell.js';

/** What every area hangs its routes on. */
export const root = createRootRoute({ component: Shell, notFoundComponent: NothingHere });
