// How this service's handlers are told apart from those of others in the same process.

export const ALERTS_TRANSPORT = Symbol('alerts');

/** The consumer group. */
export const ALERTS_GROUP = 'alerts';
