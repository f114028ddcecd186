import { describe, expect, it } from '@jest/globals';
import type { NotificationDraft } from '@unbroken/contracts';
import { notificationItems } from '@unbroken/contracts';
import { plainText } from './document.js';
import { notificationDocument, peopleDocument } from './notification-document.js';

const AT = '2026-03-02T08:00:00.000Z';
const all = <T>(value: T) => Object.fromEntries(notificationItems.map((item) => [item, value]));
const draft = (more: Partial<NotificationDraft> = {}): NotificationDraft =>
  ({
    controller: 'health-data',
    incident: {
      id: '6f0c9a1e-0000-4000-8000-000000000000',
      shipments: ['7K2M9QX4T1B8ZC3V2'],
      shipmentCount: 1,
      clock: { controllerAware: AT, processorAware: null, due: '2026-03-05T08:00:00.000Z', stopped: null },
    },
    items: { ...all({ said: null, computed: null }), nature: { said: null, computed: 'In wrong hands.' } },
    phases: [],
    ...more,
  }) as unknown as NotificationDraft;

describe('the notification to the authority', () => {
  it('little known → every item that the law asks for is there, as computed or as unknown', () => {
    const text = plainText(notificationDocument(draft(), String));
    expect(text).toContain('Nature of the breach, Art. 33(3)(a): In wrong hands.');
    for (const ref of ['33(3)(a)', '33(3)(b)', '33(3)(c)', '33(3)(d)']) expect(text).toContain(ref);
    expect(text.match(/: Unknown so far\./g)).toHaveLength(notificationItems.length - 1);
    expect(text).toContain('Parcels: 7K2M-9QX4-T1B8-ZC3V-2');
    expect(text).toContain('72 hours end: 2026-03-05 08:00 UTC');
    expect(text).not.toMatch(/undefined|null/);
  });

  it('a person’s words → in place of what is computed; a fixed phase → as it was', () => {
    const items = { ...all(null), nature: 'As known then.' } as NotificationDraft['phases'][number]['items'];
    const known = draft({
      items: { ...draft().items, nature: { said: 'Ours.', computed: 'Computed.' } },
      phases: [{ no: 1, at: AT, reason: 'First word.', items, changed: ['nature'] }],
    });
    expect(plainText(notificationDocument(known, String))).toContain('Art. 33(3)(a): Ours.');
    const fixed = plainText(notificationDocument(known, String, 1));
    expect(fixed).toContain('Art. 33(3)(a): As known then.');
    expect(fixed).toContain('This is: Phase 1, fixed 2026-03-02 08:00 UTC');
    expect(fixed).toContain('Phase 1, 2026-03-02 08:00 UTC: Told: nature.');
    expect(fixed).not.toContain('First word.');
    expect(() => notificationDocument(known, String, 2)).toThrow(RangeError);
  });
});

it('the text for the people concerned → what is not known is said, and nothing of the law is asked of them', () => {
  const incident = { ...draft().incident, code: 'misdelivery.wrong-party' as const };
  const text = plainText(peopleDocument(draft({ incident }), String));
  expect(text).toContain('It concerns one parcel. Accepted by another party than it was offered to.');
  expect(text).not.toMatch(/In wrong hands\.|misdelivery|undefined|null/);
  expect(text).toContain('How many people, about: We do not know yet.');
  expect(text).toContain('Nobody can show that no copy was made.');
});

it('the text for the people concerned, in a person’s words → those', () => {
  const items = { ...draft().items, nature: { said: 'Two CDs went to the wrong door.', computed: 'In wrong hands.' } };
  expect(plainText(peopleDocument(draft({ items }), String))).toContain('Two CDs went to the wrong door.');
});
