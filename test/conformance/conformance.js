#!/usr/bin/env node
// A second implementation of the custody protocol's client side, written from its text alone. It plays the protocol
// against a running system and says where the two differ:  node test/conformance/conformance.js http://127.0.0.1:8470
import { assemble } from './cast.js';
import { checkBatches } from './checks/batches.js';
import { checkEnvelopes } from './checks/envelopes.js';
import { checkErrors } from './checks/errors.js';
import { checkHandoff } from './checks/handoff.js';
import { checkIds } from './checks/ids.js';
import { checkImpostors } from './checks/impostors.js';
import { checkMalformed } from './checks/malformed.js';
import { checkMisdelivery } from './checks/misdelivery.js';
import { checkOrder } from './checks/order.js';
import { checkParties } from './checks/parties.js';
import { checkRefusal } from './checks/refusal.js';
import { checkSignatures } from './checks/signatures.js';
import { checkPromises } from './checks/promises.js';
import { checkTwice } from './checks/twice.js';
import { Report } from './report.js';
import { System } from './system.js';

const url = process.argv[2];
if (url === undefined) {
  console.error('Say where the system is: node test/conformance/conformance.js http://127.0.0.1:8470');
  process.exit(2);
}

const report = new Report();
await report.chapter('the protocol', async () => {
  const cast = await assemble(new System(url), report);
  checkIds(cast);
  await report.chapter('parties', () => checkParties(cast));
  await report.chapter('impostors', () => checkImpostors(cast));
  await report.chapter('a complete hand-off', () => checkHandoff(cast));
  await report.chapter('a misdelivery', () => checkMisdelivery(cast));
  await report.chapter('a refusal', () => checkRefusal(cast));
  await report.chapter('faults of the envelope', () => checkEnvelopes(cast));
  await report.chapter('faults of key and signature', () => checkSignatures(cast));
  await report.chapter('a malformed token', () => checkMalformed(cast));
  await report.chapter('batches', () => checkBatches(cast));
  await report.chapter('twice the same', () => checkTwice(cast));
  await report.chapter('promises and receipts', () => checkPromises(cast));
  await report.chapter('order', () => checkOrder(cast));
  await report.chapter('errors', () => checkErrors(cast));
});
report.close();
process.exitCode = report.failed > 0 ? 1 : 0;
