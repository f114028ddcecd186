// What is sent to a time-stamping authority and what comes back (RFC 3161, section 2.4).

import { Integer, Null, OctetString, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  ContentInfo,
  MessageImprint,
  PKIStatus,
  SignedData,
  TSTInfo,
  TimeStampReq,
  TimeStampResp,
} from 'pkijs';
import { TimestampRefused, asForm } from './timestamp-refused.js';

/** The hash that is asked for and read; an authority that knows no better is of no use. */
export const sha256Oid = '2.16.840.1.101.3.4.2.1';

const NONCE_BYTES = 16;

export interface TimestampRequest {
  /** DER, to be posted as application/timestamp-query. */
  readonly der: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
}

/** Asks when these bytes existed; only their hash is told. */
export async function timestampRequest(stamped: Uint8Array): Promise<TimestampRequest> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  // Positive and without a leading zero byte, so that it comes back spelled alike.
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
  const imprint = await crypto.subtle.digest('SHA-256', new Uint8Array(stamped));
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Oid, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: imprint }),
    }),
    nonce: new Integer({ valueHex: nonce.buffer }),
    certReq: true,
  });
  return { der: new Uint8Array(request.toSchema().toBER(false)), nonce };
}

/**
 * The token of a response, DER; that it answers this request is checked, its signature is not.
 * @throws TimestampRefused timestamp.form, timestamp.denied, timestamp.other
 */
export function timestampIn(response: Uint8Array, { nonce }: Pick<TimestampRequest, 'nonce'>): Uint8Array {
  const { status, timeStampToken } = asForm(() => TimeStampResp.fromBER(new Uint8Array(response)));
  if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods) {
    throw new TimestampRefused('timestamp.denied', `the authority answered with status ${status.status}`);
  }
  if (timeStampToken === undefined) throw new TimestampRefused('timestamp.form', 'the answer holds no timestamp');
  const der = new Uint8Array(timeStampToken.toSchema().toBER(false));
  const said = readTimestampToken(der).info.nonce?.valueBlock.valueHexView;
  if (said === undefined || said.length !== nonce.length || said.some((byte, at) => byte !== nonce[at])) {
    throw new TimestampRefused('timestamp.other', 'the timestamp answers another request');
  }
  return der;
}

const signedDataOid = '1.2.840.113549.1.7.2';
export const tstInfoOid = '1.2.840.113549.1.9.16.1.4';

/** @throws TimestampRefused timestamp.form */
export function readTimestampToken(der: Uint8Array): { readonly signed: SignedData; readonly info: TSTInfo } {
  return asForm(() => {
    const { offset } = fromBER(new Uint8Array(der));
    const content = ContentInfo.fromBER(new Uint8Array(der));
    if (offset !== der.length || content.contentType !== signedDataOid) throw new RangeError('no signed data');
    const signed = new SignedData({ schema: content.content });
    const { eContentType, eContent } = signed.encapContentInfo;
    if (eContentType !== tstInfoOid || eContent === undefined) throw new RangeError('no timestamp');
    return { signed, info: TSTInfo.fromBER(eContent.getValue()) };
  });
}
