export { alertsService } from './alerts-service.js';
export { rebuildAlerts } from './rebuild/rebuild-alerts.js';
export type { AlertsService } from './alerts-service.js';
