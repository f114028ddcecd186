export { alertsService } from './alerts-service.js';
export { alertsPlaces } from './erase/alerts-places.js';
export { holdsOf, stopHolds } from './erase/holds.js';
export { rebuildAlerts } from './rebuild/rebuild-alerts.js';
export type { AlertsService } from './alerts-service.js';
