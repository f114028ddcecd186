export { dashboardService } from './dashboard.service.js';
export { rebuild } from './rebuild/rebuild.js';
export type { CustodyLog } from './rebuild/rebuild.js';
export { RebuildRefused } from './rebuild/rebuild-refused.js';
