// An alert is named by what it is about, so that the same finding is the same alert however often it is found.

import { createHash } from 'node:crypto';
import type { AboutParcel, AlertCode, AlertSubject } from '@unbroken/contracts';
import type { TokenId } from '@unbroken/tokens';

/** A finding: of one chain, or of the record itself. */
export interface FindingRef {
  readonly sub: AlertSubject;
  /** The token it is about; of the record, a hash of what was found. */
  readonly tid: TokenId;
  readonly code: AlertCode;
}

/** A finding of one chain. */
export type ChainFinding = FindingRef & AboutParcel;

/** A UUID of version 8 (RFC 9562, section 5.8) made of the SHA-256 of chain, token and code. */
export function alertId({ sub, tid, code }: FindingRef): string {
  const bytes = createHash('sha256').update(`${sub}.${tid}.${code}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it could be an alert's id; not whether there is one. */
export const isAlertId = (text: string): boolean => UUID.test(text);
