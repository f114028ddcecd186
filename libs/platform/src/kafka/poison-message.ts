// How a handler names the one message it can never handle.

/**
 * Thrown by a batch handler: the message at `offset` goes to the dead topic and the rest is handled again without it.
 * Nothing the handler did for this batch may remain: its transaction rolls back with the throw.
 */
export class PoisonMessage extends Error {
  override readonly name = 'PoisonMessage';

  constructor(
    readonly offset: string,
    /** ASCII, without any of the message's own bytes. */
    readonly reason: string,
  ) {
    super(`message at offset ${offset} cannot be handled: ${reason}`);
  }
}
