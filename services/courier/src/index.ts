export { courierService } from './courier.service.js';
