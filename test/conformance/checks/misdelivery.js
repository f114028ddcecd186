// The wrong hands sign for a parcel: it is recorded, found, and somebody is told (section 5).
import { shipmentVia } from '../cast.js';
import { findingsOf, handsOf } from '../looks.js';

/** @typedef {import('../cast.js').Cast} Cast */

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @param {Cast} cast */
export async function checkMisdelivery(cast) {
  await checkWrongParty(cast);
  await checkWrongPlace(cast);
}

/** Released to the consignee itself; a courier that is not on the route signs for it. @param {Cast} cast */
async function checkWrongParty(cast) {
  const { report, system, sender, courier, receiver } = cast;
  const shipment = shipmentVia(cast, []);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: receiver.id, mode: 'meet', at: receiver.site, off: 0 });
  const accepted = shipment.line(courier, 'accepted', { cond: 'ok', at: receiver.site, off: 0 });
  await system.batch('courier', [registered.jws, released.jws, accepted.jws]);

  const astray = `astray ${courier.id} ${sender.id}`;
  await report.eventually(
    'accepted by the wrong party → astray, it holds, the sender answers',
    handsOf(cast, sub),
    astray,
  );
  await report.eventually('accepted by the wrong party → findings on its token', findingsOf(cast, sub), {
    [registered.tid]: [],
    [released.tid]: [],
    [accepted.tid]: ['misdelivery.off-route', 'misdelivery.wrong-party'],
  });

  await report.eventually(
    'misdelivery.wrong-party → one open alert on its token',
    async () => (await wrongParty(`state=open&sub=${sub}`)).map((/** @type {any} */ alert) => [alert.sub, alert.tid]),
    [[sub, accepted.tid]],
  );
  const [alert = {}] = await wrongParty(`sub=${sub}`);
  report.check(
    'the alert → in the first part of its life',
    [['raised', 'notified'].includes(alert.state), RFC3339.test(alert.raisedAt), typeof alert.severity],
    [true, true, 'string'],
  );
  report.check(
    'the alert → says who answers, who is told and what to do',
    [alert.responsible, told(alert, sender.id), told(alert, receiver.id), alert.next?.length > 0],
    [sender.id, true, true, true],
  );

  /** @param {string} query */
  async function wrongParty(query) {
    const { alerts } = (await system.get(`/alerts/v1/alerts?${query}`)).body;
    return alerts.filter((/** @type {any} */ { code }) => code === 'misdelivery.wrong-party');
  }
}

/** The right hands, but half a kilometre from the consignee's place. @param {Cast} cast */
async function checkWrongPlace(cast) {
  const { report, system, sender, receiver } = cast;
  const shipment = shipmentVia(cast, []);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: receiver.id, mode: 'meet', at: receiver.site, off: 0 });
  const accepted = shipment.line(receiver, 'accepted', { cond: 'ok', at: receiver.site, off: 500 });
  await system.batch('receiver', [registered.jws, released.jws, accepted.jws]);
  await report.eventually('accepted off the place → misdelivery.wrong-place', findingsOf(cast, sub), {
    [registered.tid]: [],
    [released.tid]: [],
    [accepted.tid]: ['misdelivery.wrong-place'],
  });
  const arrived = `arrived ${receiver.id} ${receiver.id}`;
  await report.eventually('accepted off the place → arrived all the same', handsOf(cast, sub), arrived);
}

/** @param {any} alert @param {string} party */
function told(alert, party) {
  return alert.parties?.includes(party) ?? false;
}
