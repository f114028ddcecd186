// What can be wrong with a request for a chain.

import { Problem } from '@unbroken/platform';

export const notAnId = (): Problem =>
  new Problem({
    status: 400,
    code: 'chain.id',
    title: 'This is not a shipment id',
    detail: 'A shipment id has 17 characters, and its last one does not fit the others here',
    pointer: '/sub',
    cure: 'Compare it with the label, or search for a part of it, a seal or a carrier’s number: GET /dashboard/v1/chains?q=',
  });

export const chainUnknown = (): Problem =>
  new Problem({
    status: 404,
    code: 'chain.unknown',
    title: 'No such chain',
    detail: 'Nothing of a shipment with this id has been recorded here',
    pointer: '/sub',
    cure: 'Compare the id with the label; what was signed just now is here within a second, what was signed offline when its device has sent it in',
  });
