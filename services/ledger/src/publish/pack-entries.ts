// Entries that go to the same partition at the same time travel as one message (docs/protocol, section 7, "Packs").

import { headers } from '@unbroken/contracts';
import { encodePack } from '@unbroken/platform';
import type { EntryMessage } from './entry-message.js';

/** A broker takes 1 MiB for one message; readers fetch as much of a partition at once. */
const LARGEST_PACK = 256 * 1024;

/**
 * The same entries in fewer messages: packs, and what is alone on its partition as it was. Those of one partition keep
 * their order.
 */
export function packed(messages: readonly EntryMessage[], partitionOf: (key: string) => number): EntryMessage[] {
  const packs = new Map<number, { readonly messages: EntryMessage[]; size: number }[]>();
  for (const message of messages) {
    const partition = partitionOf(message.key);
    const ofPartition = packs.get(partition) ?? [];
    packs.set(partition, ofPartition);
    const last = ofPartition.at(-1);
    const size = message.value.length;
    if (last === undefined || last.size + size > LARGEST_PACK) ofPartition.push({ messages: [message], size });
    else {
      last.messages.push(message);
      last.size += size;
    }
  }
  return [...packs.values()].flat().flatMap((pack) => messageOf(pack.messages));
}

function messageOf(messages: readonly EntryMessage[]): readonly EntryMessage[] {
  const [first, ...others] = messages;
  if (first === undefined || others.length === 0) return messages;
  const value = encodePack(
    messages.map(({ key, value: entry, headers: told }) => ({
      index: told[headers.logIndex] ?? '',
      key,
      receivedAt: told[headers.receivedAt],
      deviceClock: told[headers.deviceClock],
      entry,
    })),
  );
  const told = {
    [headers.logOrigin]: first.headers[headers.logOrigin] ?? '',
    [headers.entries]: String(messages.length),
  };
  return [{ key: first.key, value, headers: told }];
}
