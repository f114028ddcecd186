// The consumer groups of the product that keep something, by their names without prefix.

export const readers = ['ledger', 'alerts', 'sender', 'courier', 'receiver'] as const;
