// EPCIS 2.0 in JSON: an EPCISDocument, the answer of a query, or a bare list of events. An ObjectEvent says of each number in
// its epcList the same. What is hashed is the event in the JSON Canonicalization Scheme (RFC 8785), all its members as they
// came: an event means the same in whatever document, order and spacing it comes again.

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import canonicalize from 'canonicalize';
import type { Hash, SiteId } from '@unbroken/tokens';
import { z } from 'zod';
import type { EpcisSource, Mapping } from '../mapping/mapping.js';
import { readGs1Uri } from '../numbers/gs1-uri.js';
import { FileRefused } from './file-refused.js';
import { isAhead } from './future.js';
import { JsonBroken, jsonItems } from './json-items.js';
import type { Fault, Place, Read } from './scan.js';
import { timeReader } from './scan-time.js';
import { state } from './state.js';

export interface EpcisMapping extends Mapping {
  readonly source: EpcisSource;
}

const lists = {
  inArray: ['$.*'],
  inObject: [
    '$.epcisBody.eventList.*',
    '$.epcisBody.queryResults.resultsBody.eventList.*',
    '$.eventList.*',
    '$.schemaVersion',
    '$.type',
  ],
};

/** As far as it is read here; other members belong to the event and to its hash. */
const objectEvent = z.looseObject({
  type: z.literal('ObjectEvent'),
  eventTime: z.string(),
  epcList: z.array(z.string()).default([]),
  bizStep: z.string().optional(),
  disposition: z.string().optional(),
  bizLocation: z.looseObject({ id: z.string() }).optional(),
  readPoint: z.looseObject({ id: z.string() }).optional(),
  errorDeclaration: z.unknown().optional(),
});
type ObjectEvent = z.infer<typeof objectEvent>;

const CORRECT = 'Correct the event and bring the file again.';

/**
 * @param now seconds since 1970: no scan is of the future
 * @throws FileRefused where the file is nothing of this kind
 */
export async function* epcisReads(path: string, mapping: EpcisMapping, now: () => number): AsyncGenerator<Read> {
  const file = basename(path);
  const reader = new EventReader(mapping, now);
  let no = 0;
  try {
    for await (const item of jsonItems(path, lists)) {
      // The document's own members, which are no events.
      if (typeof item === 'string') continue;
      no += 1;
      yield* reader.read(item, { file, unit: 'event', no });
    }
  } catch (error) {
    if (!(error instanceof JsonBroken)) throw error;
    if (no === 0) throw new FileRefused(`${file} is not JSON: ${error.message}.`, 'Check that it came over whole.');
    const what = `From here on the file is not JSON: ${error.message}.`;
    yield {
      kind: 'fault',
      fault: { from: { file, unit: 'event', no: no + 1 }, what, cure: 'Bring the whole file again.' },
    };
  }
  if (no === 0) {
    throw new FileRefused(
      `${file} has no events.`,
      'It should be an EPCISDocument with epcisBody.eventList, the answer of a query, or a list of events.',
    );
  }
}

class EventReader {
  readonly #time = timeReader({ format: 'iso', zone: 'utc' });

  constructor(
    private readonly mapping: EpcisMapping,
    private readonly now: () => number,
  ) {}

  *read(item: unknown, from: Place): Generator<Read, void, void> {
    const fault = (what: string, cure: string, column?: string): Read => ({
      kind: 'fault',
      fault: { from, column, what, cure },
    });
    const { source } = this.mapping;
    const type = typeName(item);
    if (type !== 'ObjectEvent') {
      if (source.otherEvents === 'skip' && type !== undefined) return yield { kind: 'skipped' };
      const what =
        type === undefined
          ? 'It is no event.'
          : `It is of type ${type}, and only an ObjectEvent says where parcels are.`;
      return yield fault(what, 'Set "otherEvents" to skip, if events of other types are to be passed over.', '/type');
    }
    const read = objectEvent.safeParse(item);
    if (!read.success) return yield fault(...formFault(read.error));
    yield* this.#readObject(read.data, item as object, from, fault);
  }

  *#readObject(
    event: ObjectEvent,
    item: object,
    from: Place,
    fault: (what: string, cure: string, column?: string) => Read,
  ): Generator<Read, void, void> {
    const { source } = this.mapping;
    if (event.errorDeclaration !== undefined) {
      return yield fault('Its own source declares it an error.', 'Nothing is to be done.', '/errorDeclaration');
    }
    const code = codeOf(event, source);
    const stated = state(code, this.mapping, () => '');
    if (stated.kind === 'skipped') return yield stated;
    if (stated.kind === 'wrong') return yield fault(stated.what, stated.cure, `/${source.code}`);

    const time = saysOffset(event.eventTime)
      ? this.#time(event.eventTime)
      : { wrong: 'does not say the offset of its zone' };
    if ('wrong' in time) return yield fault(`"${event.eventTime}" ${time.wrong}.`, CORRECT, '/eventTime');
    if (isAhead(time.at, this.now()))
      return yield fault(`"${event.eventTime}" has not come yet.`, CORRECT, '/eventTime');

    const at = placeOf(event, source);
    if (at !== undefined && typeof at !== 'string') return yield fault(at.what, at.cure, at.column);

    const src = createHash('sha256')
      .update(canonicalize(item) ?? '')
      .digest('base64url') as Hash;
    let parcels = 0;
    for (const [place, uri] of event.epcList.entries()) {
      const number = readGs1Uri(uri);
      if (number === undefined || !source.schemes.includes(number.scheme)) continue;
      parcels += 1;
      if ('wrong' in number) {
        yield fault(`"${uri}" ${number.wrong}.`, CORRECT, `/epcList/${place}`);
        continue;
      }
      const scan = { scheme: number.scheme, number: number.number, ...stated.says, when: time.at, src, from };
      yield { kind: 'scan', scan: at === undefined ? scan : { ...scan, at } };
    }
    if (parcels > 0) return;
    const cure = `Its epcList should hold numbers of ${source.schemes.join(', ')}; give the code as "skip" if it is not about parcels.`;
    yield fault('It names no parcel.', cure, '/epcList');
  }
}

const saysOffset = (text: string): boolean => /(?:Z|[+-]\d{2}:\d{2})$/.test(text);

const typeName = (item: unknown): string | undefined => {
  const type: unknown = typeof item === 'object' && item !== null && 'type' in item ? item.type : undefined;
  return typeof type === 'string' ? type : undefined;
};

function formFault(error: z.ZodError): [what: string, cure: string, column: string] {
  const path = error.issues[0]?.path.map(String) ?? [];
  return [`Its member ${path.join('.')} is missing or not of its form.`, CORRECT, `/${path.join('/')}`];
}

/** As GS1's Core Business Vocabulary (2.0, 7.1 and 7.2) names it, whichever of its spellings was used; others stay whole. */
const vocabularyWord = (written: string | undefined): string =>
  (written ?? '').replace(
    /^(?:urn:epcglobal:cbv:(?:bizstep|disp):|cbv:(?:BizStep|Disp)-|https?:\/\/(?:ref\.gs1\.org\/cbv|gs1\.org\/voc)\/(?:BizStep|Disp)-)/i,
    '',
  );

function codeOf({ bizStep, disposition }: ObjectEvent, { code }: EpcisSource): string {
  if (code === 'bizStep') return vocabularyWord(bizStep);
  if (code === 'disposition') return vocabularyWord(disposition);
  return `${vocabularyWord(bizStep)}/${vocabularyWord(disposition)}`;
}

function placeOf(
  event: ObjectEvent,
  { place }: EpcisSource,
): SiteId | undefined | (Pick<Fault, 'what' | 'cure'> & { readonly column: string }) {
  if (place === undefined) return undefined;
  const written = event[place.member]?.id ?? '';
  const site = Object.hasOwn(place.sites, written) ? place.sites[written] : undefined;
  if (site !== undefined || place.others === 'leave-out') return site;
  const cure = 'Add it to "sites", or set "others" to leave-out.';
  return { what: `The place "${written}" is not in the mapping.`, cure, column: `/${place.member}/id` };
}
