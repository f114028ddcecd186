// /ledger/v1: what is recorded, and what a verifier has to trust (docs/protocol, section 8).

import { Controller, Get, Header, Headers, Inject, Ip, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { RegistryView } from '@unbroken/chains';
import type { ChainAnswer, OpenedThing, TokenStatus, TrustAnswer } from '@unbroken/contracts';
import type { ChainEvidence, EvidenceBundle } from '@unbroken/evidence';
import { Openings, Readers } from '@unbroken/intake';
import type { Reader } from '@unbroken/intake';
import { CLOCK, Problem, untilThere } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { formatShipmentId, isPartyId, isShipmentId, isTokenId, readShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { Chains } from './chains.js';
import { completenessOf } from './completeness.js';
import { LogKeys } from '../sign/log-keys.js';
import { Evidence } from './evidence.js';
import { unlessDamaged } from './damaged.js';
import { PdfMaker } from './pdf/pdf-maker.js';
import { Receipts } from './receipts.js';
import type { Receipt } from './receipts.js';
import { arrivedStatusOf } from './token-status.js';
import { LOGS } from '../succeed/logs-under.js';
import type { Logs } from '../logs.js';
import { Trust } from './trust.js';
import { WITNESS_LIST } from '../witness/witness-list.js';
import type { WitnessList } from '../witness/witness-list.js';

export const LEDGER_DATABASE = Symbol('LEDGER_DATABASE');

/** As much of a Fastify reply as is needed here. */
interface Reply {
  header(name: string, value: string): unknown;
}

@Controller('ledger/v1')
export class LedgerController {
  constructor(
    @Inject(LEDGER_DATABASE) private readonly dataSource: DataSource,
    @Inject(Chains) private readonly chains: Chains,
    @Inject(RegistryView) private readonly view: RegistryView,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(LogKeys) private readonly keys: LogKeys,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(PdfMaker) private readonly pdfs: PdfMaker,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WITNESS_LIST) private readonly witnesses: WitnessList,
    @Inject(Trust) private readonly trusted: Trust,
    @Inject(LOGS) private readonly logs: Logs,
    @Inject(Readers) private readonly readers: Readers,
    @Inject(Openings) private readonly openings: Openings,
  ) {}

  @Get('tokens/:tid')
  async token(@Param('tid') tid: string): Promise<TokenStatus> {
    const status = isTokenId(tid) ? await arrivedStatusOf(this.dataSource, tid, this.view.deployment) : undefined;
    if (status === undefined) throw tokenUnknown();
    return status;
  }

  /**
   * Waits for the checkpoint that covers it, which comes within half a second of its recording; with `witnessed=true` for
   * one that enough witnesses have cosigned. The header says which it is, and so do the signatures in it.
   */
  @Get('tokens/:tid/receipt')
  @Header('content-type', 'text/plain; charset=utf-8')
  async receipt(
    @Param('tid') tid: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    const mustBeWitnessed = asksWitnessed(query);
    if (!isTokenId(tid)) throw tokenUnknown();
    if (mustBeWitnessed && this.witnesses.witnesses.length === 0) throw noWitness();
    let found: Receipt | 'lost' | null | undefined;
    const ask = async () => {
      found = await this.receipts.of(tid);
      if (found === 'lost') return found;
      return found && mustBeWitnessed && found.weight !== 'witnessed' ? null : found;
    };
    const receipt = await unlessDamaged(untilThere(ask));
    if (receipt === undefined) throw tokenUnknown();
    if (receipt === 'lost') throw receiptLost();
    if (receipt === null) throw found === null ? notSigned() : notWitnessed(this.witnesses.quorum);
    void reply.header('unbroken-receipt', receipt.weight);
    return receipt.text;
  }

  @Get('chains/:sub')
  async chain(
    @Param('sub') sub: string,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
  ): Promise<ChainAnswer> {
    const reader = await this.readers.of(authorization, address);
    const read = readSub(sub);
    const chain = read === null ? undefined : await this.chains.read(read);
    if (chain === undefined) throw chainUnknown();
    await this.#opened(chain.sub, 'chain', reader);
    return chain;
  }

  @Get('chains/:sub/completeness')
  @Header('content-type', 'text/plain; charset=utf-8')
  async completeness(@Param('sub') sub: string): Promise<string> {
    const read = readSub(sub);
    const ask = () =>
      read === null ? Promise.resolve(undefined) : completenessOf(this.dataSource, this.keys, this.logs, read);
    const statement = await untilThere(ask);
    if (statement === undefined) throw chainUnknown();
    return statement;
  }

  /** Waits for the checkpoint that covers the newest token, as `receipt` does. */
  @Get('chains/:sub/evidence')
  async evidenceOf(
    @Param('sub') sub: string,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
  ): Promise<EvidenceBundle> {
    const reader = await this.readers.of(authorization, address);
    const bundle = await this.#bundleOf(sub);
    await this.#opened(bundle.sub, 'evidence', reader);
    return bundle;
  }

  async #bundleOf(sub: string): Promise<EvidenceBundle> {
    const read = readShipmentId(sub);
    const ask = () => (read === null ? Promise.resolve(undefined) : this.evidence.of(read));
    const bundle = await unlessDamaged(untilThere(ask));
    if (bundle === undefined) throw chainUnknown();
    if (bundle === null) throw notSigned();
    return bundle;
  }

  /** The same for people, judged as of now, with that bundle attached. */
  @Get('chains/:sub/evidence.pdf')
  async evidencePdfOf(
    @Param('sub') sub: string,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
  ): Promise<StreamableFile> {
    const reader = await this.readers.of(authorization, address);
    const bundle = await this.#bundleOf(sub);
    await this.#opened(bundle.sub, 'evidence-pdf', reader);
    const pdf = await this.pdfs.make({ bundle, at: Math.floor(this.clock.now() / 1000) });
    const name = `evidence-${formatShipmentId(bundle.sub as ShipmentId)}.pdf`;
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"` });
  }

  /** Of one chain alone, a party's too: what a party's own copy of its chain is made of. */
  @Get('chains/:sub/entries')
  async entriesOf(
    @Param('sub') sub: string,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
  ): Promise<ChainEvidence> {
    const reader = await this.readers.of(authorization, address);
    const read = readSub(sub);
    const ask = () => (read === null ? Promise.resolve(undefined) : this.evidence.ofChain(read));
    const chain = await unlessDamaged(untilThere(ask));
    if (chain === undefined) throw chainUnknown();
    if (chain === null) throw notSigned();
    await this.#opened(chain.sub, 'entries', reader);
    return chain;
  }

  @Get('trust')
  trust(): Promise<TrustAnswer> {
    return unlessDamaged(this.trusted.policy());
  }

  /** Party chains are public: organisations, their places and keys. */
  async #opened(about: string, what: OpenedThing, reader: Reader): Promise<void> {
    if (isShipmentId(about)) await this.openings.opened([{ about, what }], reader);
  }
}

/** A shipment's id as people write it, or a party's exactly. A party cannot have a name that is a shipment's id. */
function readSub(sub: string): ShipmentId | PartyId | null {
  return readShipmentId(sub) ?? (isPartyId(sub) ? sub : null);
}

/** Unknown parameters are refused, so that a misspelt one is not taken for none. */
function asksWitnessed(query: Readonly<Record<string, unknown>>): boolean {
  const other = Object.keys(query).find((name) => name !== 'witnessed');
  if (other === undefined && ['true', 'false', undefined].includes(query.witnessed as string | undefined)) {
    return query.witnessed === 'true';
  }
  throw new Problem({
    status: 400,
    code: 'query.form',
    title: 'The query cannot be read',
    detail: other === undefined ? 'witnessed is neither true nor false' : `${other.slice(0, 40)} is not known here`,
    pointer: other ?? 'witnessed',
    cure: 'Ask with ?witnessed=true, or without a query',
  });
}

const notWitnessed = (quorum: number): Problem =>
  new Problem({
    status: 409,
    code: 'receipt.not-witnessed',
    title: 'Not witnessed yet',
    detail: `the token is recorded and signed by its log, and fewer than ${Math.max(1, quorum)} witnesses have cosigned a checkpoint that covers it`,
    cure: 'Keep your token and ask again in a few seconds; without ?witnessed=true the receipt signed by the log is there now. If it stays so, /readyz says which witness does not answer',
  });

const noWitness = (): Problem =>
  new Problem({
    status: 409,
    code: 'receipt.no-witness',
    title: 'Nobody witnesses these logs',
    detail: 'this deployment lists no witness, so no receipt of it is ever witnessed',
    cure: 'Take the receipt signed by the log, without ?witnessed=true; ask the operator to have parties witness its logs',
  });

const tokenUnknown = (): Problem =>
  new Problem({
    status: 404,
    code: 'token.unknown',
    title: 'No such token',
    detail: 'no token with this id has arrived at the ledger',
    pointer: '/tid',
    cure: 'Check the id (base64url SHA-256 of header.payload, 43 characters); a token just posted arrives within seconds, one that does not arrive is posted again',
  });

const receiptLost = (): Problem =>
  new Problem({
    status: 410,
    code: 'receipt.lost',
    title: 'No receipt can be made any more',
    detail: 'the log that the token was recorded in has lost entries that it had signed, and has ended',
    cure: 'A receipt that somebody kept stays valid: ask the parties of the chain for theirs. GET /ledger/v1/trust names the log that goes on',
  });

const notSigned = (): Problem =>
  new Problem({
    status: 503,
    code: 'receipt.not-signed',
    title: 'Not signed yet',
    detail: 'the token is recorded, but no signed checkpoint covers it yet',
    cure: 'Ask again in a second; if it stays so, the log signs nothing any more, and /readyz says why',
  });

const chainUnknown = (): Problem =>
  new Problem({
    status: 404,
    code: 'chain.unknown',
    title: 'No such chain',
    detail: 'nothing is recorded of a shipment or party with this id',
    pointer: '/sub',
    cure: 'Check the id, of a shipment the check character at its end; a chain begins when its first token is recorded',
  });
