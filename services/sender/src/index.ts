export { senderService } from './sender.service.js';
