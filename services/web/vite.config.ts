// The page is built into dist, which services/dashboard serves. Libraries are used from source, as everywhere here.

import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where `npm run up` answers; `npm run dev` asks it for everything that is not the page. */
const hub = 'http://127.0.0.1:8470';
const prefixes = ['/dashboard/v1', '/alerts/v1', '/ledger/v1', '/registry/v1'];

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@unbroken/source', ...defaultClientConditions] },
  build: {
    // Two pages: what asks the hub, and what asks nobody.
    rolldownOptions: { input: ['index.html', 'verify.html'] },
    modulePreload: { polyfill: false },
    // Browsers that know light-dark() themselves: lowering it would need to see where color-scheme is set.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { proxy: Object.fromEntries(prefixes.map((prefix) => [prefix, { target: hub }])) },
});
