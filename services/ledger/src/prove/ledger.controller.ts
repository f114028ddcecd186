// /ledger/v1: what is recorded, and what a verifier has to trust (docs/protocol, section 8).

import { Controller, Get, Header, Inject, Param, StreamableFile } from '@nestjs/common';
import { RegistryView } from '@unbroken/chains';
import type { ChainAnswer, TokenStatus, TrustAnswer } from '@unbroken/contracts';
import type { EvidenceBundle } from '@unbroken/evidence';
import { CLOCK, Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { formatShipmentId, isPartyId, isTokenId, readShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { Chains } from './chains.js';
import { completenessOf } from './completeness.js';
import { LogKeys } from '../sign/log-keys.js';
import { Evidence } from './evidence.js';
import { unlessDamaged } from './damaged.js';
import { PdfMaker } from './pdf/pdf-maker.js';
import { Receipts } from './receipts.js';
import { arrivedStatusOf, untilThere } from './token-status.js';
import { trustIn } from './trust.js';

export const LEDGER_DATABASE = Symbol('LEDGER_DATABASE');

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
  ) {}

  @Get('tokens/:tid')
  async token(@Param('tid') tid: string): Promise<TokenStatus> {
    const status = isTokenId(tid) ? await arrivedStatusOf(this.dataSource, tid, this.view.deployment) : undefined;
    if (status === undefined) throw tokenUnknown();
    return status;
  }

  /** Waits for the checkpoint that covers it, which comes within half a second of its recording. */
  @Get('tokens/:tid/receipt')
  @Header('content-type', 'text/plain; charset=utf-8')
  async receipt(@Param('tid') tid: string): Promise<string> {
    if (!isTokenId(tid)) throw tokenUnknown();
    const receipt = await unlessDamaged(untilThere(() => this.receipts.of(tid)));
    if (receipt === undefined) throw tokenUnknown();
    if (receipt === null) throw notSigned();
    return receipt;
  }

  @Get('chains/:sub')
  async chain(@Param('sub') sub: string): Promise<ChainAnswer> {
    const read = readSub(sub);
    const chain = read === null ? undefined : await this.chains.read(read);
    if (chain === undefined) throw chainUnknown();
    return chain;
  }

  @Get('chains/:sub/completeness')
  @Header('content-type', 'text/plain; charset=utf-8')
  async completeness(@Param('sub') sub: string): Promise<string> {
    const read = readSub(sub);
    const ask = () => (read === null ? Promise.resolve(undefined) : completenessOf(this.dataSource, this.keys, read));
    const statement = await untilThere(ask);
    if (statement === undefined) throw chainUnknown();
    return statement;
  }

  /** Waits for the checkpoint that covers the newest token, as `receipt` does. */
  @Get('chains/:sub/evidence')
  async evidenceOf(@Param('sub') sub: string): Promise<EvidenceBundle> {
    const read = readShipmentId(sub);
    const ask = () => (read === null ? Promise.resolve(undefined) : this.evidence.of(read));
    const bundle = await unlessDamaged(untilThere(ask));
    if (bundle === undefined) throw chainUnknown();
    if (bundle === null) throw notSigned();
    return bundle;
  }

  /** The same for people, judged as of now, with that bundle attached. */
  @Get('chains/:sub/evidence.pdf')
  async evidencePdfOf(@Param('sub') sub: string): Promise<StreamableFile> {
    const bundle = await this.evidenceOf(sub);
    const pdf = await this.pdfs.make({ bundle, at: Math.floor(this.clock.now() / 1000) });
    const name = `evidence-${formatShipmentId(bundle.sub as ShipmentId)}.pdf`;
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"` });
  }

  @Get('trust')
  trust(): Promise<TrustAnswer> {
    return unlessDamaged(trustIn(this.view, this.keys));
  }
}

/** A shipment's id as people write it, or a party's exactly. A party cannot have a name that is a shipment's id. */
function readSub(sub: string): ShipmentId | PartyId | null {
  return readShipmentId(sub) ?? (isPartyId(sub) ? sub : null);
}

const tokenUnknown = (): Problem =>
  new Problem({
    status: 404,
    code: 'token.unknown',
    title: 'No such token',
    detail: 'no token with this id has arrived at the ledger',
    pointer: '/tid',
    cure: 'Check the id (base64url SHA-256 of header.payload, 43 characters); a token just posted arrives within seconds, one that does not arrive is posted again',
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
