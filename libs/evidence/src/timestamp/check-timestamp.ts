// Whether a timestamp says of these bytes that they existed, and who says so (RFC 3161, RFC 5816, RFC 5652).

import { ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import type { BaseBlock } from 'asn1js';
import { Certificate, CertificateChainValidationEngine, ExtKeyUsage } from 'pkijs';
import type { Attribute, SignedData, SignerInfo, TSTInfo } from 'pkijs';
import { readTimestampToken, sha256Oid, tstInfoOid } from './timestamp-exchange.js';
import { TimestampRefused, asForm } from './timestamp-refused.js';

export interface CheckedTimestamp {
  /** The bytes existed before this: what the authority's clock showed, and its stated accuracy. Milliseconds since 1970. */
  readonly before: number;
  /** What the authority's certificate calls it. */
  readonly authority: string;
  /** Its certificate is one of those trusted, or was issued under one, and was valid at that time. */
  readonly isTrusted: boolean;
}

const oids = {
  contentType: '1.2.840.113549.1.9.3',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
} as const;

/** Hashes a signature may still be relied on with. */
const digests: Readonly<Record<string, string>> = {
  [sha256Oid]: 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

/**
 * Checks everything about a timestamp but whether its authority is trusted, and tells that too. Revocation is not looked
 * up: nothing is asked of anybody.
 *
 * @param der the timestamp token
 * @param trusted certificates, DER: of authorities, or of those who issue theirs
 * @throws TimestampRefused timestamp.form, timestamp.imprint, timestamp.certificate, timestamp.signature
 */
export async function checkTimestamp(
  der: Uint8Array,
  stamped: Uint8Array,
  trusted: readonly Uint8Array[],
): Promise<CheckedTimestamp> {
  const { signed, info } = readTimestampToken(der);
  await checkImprint(info, stamped);
  const signer = onlySigner(signed);
  const certificate = await verifiedSigner(signed, stamped);
  checkUsage(certificate);
  await checkNamed(signer, certificate);
  return {
    before: info.genTime.getTime() + accuracyOf(info),
    authority: nameOf(certificate),
    isTrusted: await isUnder(certificate, signed, trusted, info.genTime),
  };
}

async function checkImprint({ messageImprint }: TSTInfo, stamped: Uint8Array): Promise<void> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(stamped)));
  const said = messageImprint.hashedMessage.valueBlock.valueHexView;
  const isSame = messageImprint.hashAlgorithm.algorithmId === sha256Oid && isEqual(said, hash);
  if (!isSame) throw new TimestampRefused('timestamp.imprint', 'it is the timestamp of something else');
}

/** One signer, with signed attributes of which one says that a timestamp is what was signed. */
function onlySigner({ signerInfos }: SignedData): SignerInfo {
  const [signer] = signerInfos;
  if (signer === undefined || signerInfos.length !== 1) {
    throw new TimestampRefused('timestamp.form', `it has ${signerInfos.length} signers instead of one`);
  }
  if (!(signer.digestAlgorithm.algorithmId in digests)) {
    throw new TimestampRefused('timestamp.signature', 'its signature rests on a hash that is no longer relied on');
  }
  const [type] = valuesOf(signer, oids.contentType);
  if (oidIn(type) !== tstInfoOid) {
    throw new TimestampRefused('timestamp.form', 'its signature is not said to be over a timestamp');
  }
  return signer;
}

/** The certificate whose key has signed it. */
async function verifiedSigner(signed: SignedData, stamped: Uint8Array): Promise<Certificate> {
  try {
    const data = new Uint8Array(stamped).buffer;
    const result = await signed.verify({ signer: 0, data, extendedMode: true });
    if (result.signatureVerified === true && result.signerCertificate != null) return result.signerCertificate;
  } catch (cause) {
    throw new TimestampRefused('timestamp.signature', 'the signature of the timestamp does not verify', { cause });
  }
  throw new TimestampRefused('timestamp.signature', 'the signature of the timestamp does not verify');
}

/** RFC 3161, section 2.3: the key's one purpose is time-stamping, and that is critical. */
function checkUsage({ extensions = [] }: Certificate): void {
  const usage = extensions.find(({ extnID }) => extnID === oids.extendedKeyUsage);
  const purposes = usage?.parsedValue instanceof ExtKeyUsage ? usage.parsedValue.keyPurposes : [];
  if (usage?.critical === true && purposes.length === 1 && purposes[0] === oids.timeStamping) return;
  throw new TimestampRefused('timestamp.certificate', 'its certificate is not for time-stamping alone');
}

/** The signature covers which certificate is meant, so that no other can be put in its place (RFC 5816). */
async function checkNamed(signer: SignerInfo, certificate: Certificate): Promise<void> {
  const named = asForm(() => certificateNamed(signer));
  const hash = named && (await crypto.subtle.digest(named.digest, derOf(certificate)));
  if (named !== undefined && hash !== undefined && isEqual(named.hash, new Uint8Array(hash))) return;
  throw new TimestampRefused('timestamp.certificate', 'its signature does not name the certificate that comes with it');
}

function certificateNamed(signer: SignerInfo): { readonly digest: string; readonly hash: Uint8Array } | undefined {
  const [v2] = valuesOf(signer, oids.signingCertificateV2);
  const [v1] = valuesOf(signer, oids.signingCertificate);
  const [first, second] = childrenOf(childrenOf(childrenOf(v2 ?? v1)[0])[0]);
  // The hash algorithm is left out where it is the default: SHA-256, in version 1 always SHA-1.
  const hash = first instanceof OctetString ? first : second;
  if (!(hash instanceof OctetString)) return undefined;
  const oid = oidIn(childrenOf(first)[0]);
  const digest = v2 === undefined ? 'SHA-1' : digests[oid ?? sha256Oid];
  return digest === undefined ? undefined : { digest, hash: hash.valueBlock.valueHexView };
}

async function isUnder(
  certificate: Certificate,
  { certificates = [] }: SignedData,
  trusted: readonly Uint8Array[],
  at: Date,
): Promise<boolean> {
  const trustedCerts = trusted.map((der) => Certificate.fromBER(new Uint8Array(der)));
  const own = derOf(certificate);
  if (trusted.some((der) => isEqual(der, own))) return isValidAt(certificate, at);
  const certs = certificates.filter((one): one is Certificate => one instanceof Certificate);
  // The engine takes the last one for the one in question.
  const chain = [...certs.filter((one) => one !== certificate), certificate];
  const engine = new CertificateChainValidationEngine({ certs: chain, trustedCerts, checkDate: at });
  const { result } = await engine.verify();
  return result;
}

const isValidAt = ({ notBefore, notAfter }: Certificate, at: Date): boolean =>
  notBefore.value <= at && at <= notAfter.value;

const derOf = (certificate: Certificate): Uint8Array<ArrayBuffer> =>
  new Uint8Array(certificate.toSchema().toBER(false));

function accuracyOf({ accuracy }: TSTInfo): number {
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {};
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}

function nameOf({ subject }: Certificate): string {
  const named = (oid: string) => subject.typesAndValues.find(({ type }) => type === oid)?.value.valueBlock.value;
  const name = [oids.commonName, oids.organisation].map(named).find((text) => typeof text === 'string');
  // It ends in a terminal or on a page.
  return typeof name === 'string'
    ? name.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD').slice(0, 100)
    : 'an authority without a name';
}

const valuesOf = ({ signedAttrs }: SignerInfo, oid: string): readonly BaseBlock[] =>
  (signedAttrs?.attributes ?? [])
    .filter(({ type }: Attribute) => type === oid)
    .flatMap(({ values }: Attribute) => values as readonly BaseBlock[]);

const oidIn = (block: BaseBlock | undefined): string | undefined =>
  block instanceof ObjectIdentifier ? block.getValue() : undefined;

const childrenOf = (block: BaseBlock | undefined): readonly BaseBlock[] =>
  block instanceof Sequence ? block.valueBlock.value : [];

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
