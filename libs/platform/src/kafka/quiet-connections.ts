// Keeps kafkajs 2.2.4 from looking, every millisecond and on every connection, for requests that are not there (its issues 1556
// and 1704, docs/decisions/0050): where none waits, none is looked for until one does. To be imported for that.

import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const { prototype } = RequestQueue;
const schedule = Reflect.get(prototype, 'scheduleCheckPendingRequests');

/** Whoever adds one that has to wait calls this, and so does every answer: nothing that waits is forgotten. */
prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0) schedule.call(this);
};
