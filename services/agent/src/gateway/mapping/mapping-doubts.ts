// What a mapping may say, and what would surprise its carrier: told in a dry run, and refused nowhere, because phones or
// another feed may say the rest.

import { jsonPointer } from '@unbroken/platform/process';
import type { Mapping, MappedCode } from './mapping.js';
import type { MappingMistake } from './mapping-refused.js';

/** Of these the signer must be whoever holds the parcel by the chain (docs/protocol, section 5). */
const HOLDERS_OWN: readonly string[] = ['attempted', 'held', 'released', 'withdrawn'];

export function mappingDoubts({ codes }: Mapping): readonly MappingMistake[] {
  const mapped = Object.entries(codes);
  const takesOver = mapped.some(([, one]) => evtOf(one) === 'accepted');
  const alone = takesOver ? [] : mapped.filter(([, one]) => HOLDERS_OWN.includes(evtOf(one) ?? ''));
  const delivers = mapped.some(([, one]) => typeof one === 'object' && 'what' in one && one.what === 'delivered');
  return [
    ...alone.map(([code, one]) => ({
      path: jsonPointer(['codes', code]),
      wrong:
        `is signed as ${evtOf(one)}, which only the holder may say, and no code is signed as accepted. Where no phone and no ` +
        'other feed of yours accepts the parcel, it moves nothing and alarms as custody.not-holder: give "what" instead',
    })),
    ...(delivers
      ? []
      : [
          {
            path: '/codes',
            wrong:
              'holds no {"what": "delivered"}: where this feed tells of deliveries, nobody will notice that a consignee is silent',
          },
        ]),
  ];
}

const evtOf = (mapped: MappedCode): string | undefined =>
  typeof mapped === 'object' && 'evt' in mapped ? mapped.evt : undefined;
