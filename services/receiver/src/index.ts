export { receiverPlaces } from './erase/receiver-places.js';
export { receiverService } from './receiver.service.js';
