// How this service's handlers are told apart from those of others in the same process.

export const DASHBOARD_TRANSPORT = Symbol('dashboard');

/** The consumer group. */
export const DASHBOARD_GROUP = 'dashboard';
