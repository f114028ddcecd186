// The addressee says no: the parcel stays where it is (section 3, `refused`).
import { shipmentVia } from '../cast.js';
import { findingsOf, handsOf } from '../looks.js';

/** @param {import('../cast.js').Cast} cast */
export async function checkRefusal(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });
  const refused = shipment.line(courier, 'refused', { why: 'damaged' });
  await system.batch('courier', [registered.jws, released.jws, refused.jws]);

  await report.eventually(
    'refused by the addressee → head of the line, no offer open',
    async () => {
      const { state } = await system.chain(sub);
      return [state.head, state.seq, state.offer];
    },
    [refused.tid, 2, null],
  );
  const kept = `prepared ${sender.id} ${sender.id}`;
  await report.eventually('refused by the addressee → the holder keeps it', handsOf(cast, sub), kept);
  await report.eventually('refused by the addressee → no finding', findingsOf(cast, sub), {
    [registered.tid]: [],
    [released.tid]: [],
    [refused.tid]: [],
  });
}
