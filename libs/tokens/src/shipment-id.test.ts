import fc from 'fast-check';
import { base64url } from './base64url.js';
import type { Jti, PartyId } from './ids.js';
import { sha256 } from './sha256.js';
import { formatShipmentId, isShipmentId, readShipmentId, shipmentId, shipmentIdFault } from './shipment-id.js';

const crockford = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const party = 'health-agency' as PartyId;
const anyJti = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => base64url.encode(bytes) as Jti);
const anyId = anyJti.map((jti) => shipmentId(party, jti));

describe('shipment ids', () => {
  it("the protocol's example → check character 2", () => {
    expect(crockford.filter((check) => isShipmentId(`7K2M9QX4T1B8ZC3V${check}`))).toEqual(['2']);
  });

  it('an id → shown in groups, as in the protocol', () => {
    const id = readShipmentId('7K2M9QX4T1B8ZC3V2');
    expect(id && formatShipmentId(id)).toBe('7K2M-9QX4-T1B8-ZC3V-2');
  });

  it('issuer and jti → the first 80 bits of their hash', () => {
    fc.assert(
      fc.property(anyJti, (jti) => {
        const digest = sha256(new TextEncoder().encode(`${party}.${jti}`));
        const bits = Array.from(shipmentId(party, jti).slice(0, 16)).map((c) =>
          crockford.indexOf(c).toString(2).padStart(5, '0'),
        );
        const expected = [...digest.subarray(0, 10)].map((byte) => byte.toString(2).padStart(8, '0'));
        expect(bits.join('')).toBe(expected.join(''));
      }),
    );
  });

  it('one fixed token → always the same id', () => {
    expect(shipmentId(party, 'AAECAwQFBgcICQoLDA0ODw' as Jti)).toBe('V6ZBSDYRXNKS9XP4J');
  });

  it('any id → has its form, and survives being shown and typed', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(isShipmentId(id)).toBe(true);
        expect(readShipmentId(formatShipmentId(id))).toBe(id);
        expect(readShipmentId(formatShipmentId(id).toLowerCase())).toBe(id);
        expect(readShipmentId(` ${id.replaceAll('0', 'o').replaceAll('1', 'l')}\t`)).toBe(id);
        expect(readShipmentId(id.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(id);
        expect(readShipmentId(formatShipmentId(id).replaceAll('-', ' – '))).toBe(id);
      }),
    );
  });

  it('one character wrong → no id', () => {
    fc.assert(
      fc.property(anyId, fc.nat(16), fc.constantFrom(...crockford), (id, at, other) => {
        fc.pre(id.charAt(at) !== other);
        expect(readShipmentId(id.slice(0, at) + other + id.slice(at + 1))).toBeNull();
      }),
    );
  });

  it('two neighbours swapped → no id, but for 0 with Z', () => {
    fc.assert(
      fc.property(anyId, fc.nat(15), (id, at) => {
        const [a, b] = [id.charAt(at), id.charAt(at + 1)];
        fc.pre(a !== b && !'0Z0'.includes(a + b));
        expect(readShipmentId(id.slice(0, at) + b + a + id.slice(at + 2))).toBeNull();
      }),
    );
  });

  it.each([
    '7k2m9qx4t1b8zc3v2',
    '7K2M-9QX4-T1B8-ZC3V-2',
    '7K2M9QX4T1B8ZC3V',
    '7K2M9QX4T1B8ZC3V2 ',
    '7K2M9QX4T1B8ZC3V22',
    17,
    null,
  ])('%j → not an id as stored', (value) => {
    expect(isShipmentId(value)).toBe(false);
  });

  it.each(['', 'u'.repeat(17), '7K2M9QX4T1B8ZC3Vı', '7K2M/9QX4/T1B8/ZC3V/2', '7K2M9QX4T1B8ZC3V2'.repeat(2)])(
    'typed %j → null',
    (typed) => {
      expect(readShipmentId(typed)).toBeNull();
    },
  );

  it.each([
    ['7k2m-9qx4-t1b8-zc3v-2', undefined],
    ['7K2M-9QX4-T1B8-ZC3V', { kind: 'length', length: 16 }],
    ['7K2M-9QX4-T1B8-ZC3V-22', { kind: 'length', length: 18 }],
    ['', { kind: 'length', length: 0 }],
    ['7u2m-9QX4-T1B8-ZC3V-2', { kind: 'character', character: 'U' }],
    ['7K2M/9QX4', { kind: 'character', character: '/' }],
    ['7K2M9QX4T1B8ZC3Vı', { kind: 'character', character: 'ı' }],
    ['7K2M-9QX4-T1B8-ZC3V-3', { kind: 'check', check: '3' }],
    ['7K2M-9QX4-T1B8-CZ3V-2', { kind: 'check', check: '2' }],
  ])('typed %j → what is wrong with it: %j', (typed, fault) => {
    expect(shipmentIdFault(typed)).toEqual(fault);
    expect(readShipmentId(typed) === null).toBe(fault !== undefined);
  });
});
