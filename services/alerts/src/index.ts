export { alertsService } from './alerts-service.js';
export type { AlertsService } from './alerts-service.js';
