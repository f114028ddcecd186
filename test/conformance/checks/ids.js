// The protocol's own example of a check character: this program must count right before it judges others.
import { checkCharacter } from '../shipment-id.js';

/** @param {import('../cast.js').Cast} cast */
export function checkIds({ report }) {
  report.check('shipment id 7K2M9QX4T1B8ZC3V → check character 2', checkCharacter('7K2M9QX4T1B8ZC3V'), '2');
}
