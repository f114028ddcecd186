// Somebody else is at work with the gateway's record: one at a time, so that no scan is signed twice.

export class RecordBusy extends Error {
  override readonly name = 'RecordBusy';
  readonly code = 'gateway.busy';
  readonly cure =
    'Another import, or the agent itself, is at work with it. Wait until it has ended, or put the file into a feed of the agent’s inbox.';

  constructor(folder: string) {
    super(`The gateway’s record in ${folder} is in use.`);
  }
}
