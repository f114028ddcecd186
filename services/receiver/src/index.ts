export { receiverService } from './receiver.service.js';
