// /ledger/log: the logs as https://c2sp.org/tlog-tiles has them served, so that any witness, mirror or auditor can read
// them with its own tools. Only what a signed checkpoint covers is shown.

import { Controller, Get, Header, Headers, Inject, Param, Req, Res } from '@nestjs/common';
import type { Asking } from '@unbroken/chains';
import { Openings, readerOf } from '@unbroken/intake';
import { Problem } from '@unbroken/platform';
import {
  encodeEntries,
  entriesPath,
  parseCheckpoint,
  parseNote,
  parseTilePath,
  tilePath,
  TlogRefused,
  widthIn,
} from '@unbroken/tlog';
import type { TilePath } from '@unbroken/tlog';
import type { DataSource } from 'typeorm';
import { allOf, fileNameOf, firstCustody } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { entriesAt } from '../openings/entries-at.js';
import { LOGS } from '../succeed/logs-under.js';
import { hashedEntries, readTile } from '../sign/stored-tree.js';
import { storedNote } from '../sign/signed.js';
import { witnessedNote } from '../witness/witnessed-note.js';
import { Auditors } from './auditors.js';
import { LEDGER_DATABASE } from './ledger.controller.js';
import { unlessDamaged } from './damaged.js';

const FOR_EVER = 'max-age=31536000, immutable';
/** In the cache of whoever was let in, and in no other. */
const PRIVATE_FOR_EVER = `private, ${FOR_EVER}`;
const PUBLIC_FOR_EVER = `public, ${FOR_EVER}`;

/** Checkpoints and hash tiles are public: pages of any origin may verify with them. */
const ANY_PAGE = ['access-control-allow-origin', '*'] as const;

/** A log keeps its address: the first custody log is `custody`, one that succeeds it `custody-1`, and so on. */
const servedAs = (log: LogName): string => (log === firstCustody ? 'custody' : fileNameOf(log));

/** As much of a Fastify request and reply as is needed here. */
interface Asked {
  readonly url: string;
}
interface Reply {
  header(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
}

@Controller('ledger/log')
export class LogController {
  readonly #served: ReadonlyMap<string, LogName>;

  constructor(
    @Inject(LEDGER_DATABASE) private readonly dataSource: DataSource,
    @Inject(LOGS) logs: Logs,
    @Inject(Auditors) private readonly auditors: Auditors,
    @Inject(Openings) private readonly openings: Openings,
  ) {
    this.#served = new Map(allOf(logs).map((log) => [servedAs(log), log]));
  }

  @Get(':log/checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @Header(...ANY_PAGE)
  async checkpoint(@Param('log') name: string): Promise<string> {
    const log = this.#logOfPath(name);
    return this.#cosigned(log, await this.#note(log));
  }

  /** The newest that enough witnesses have cosigned; it may be a moment older. */
  @Get(':log/checkpoint/witnessed')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @Header(...ANY_PAGE)
  async witnessed(@Param('log') name: string): Promise<string> {
    const note = await witnessedNote(this.dataSource, this.#logOfPath(name));
    if (note === undefined) throw notThere();
    return note;
  }

  @Get(':log/tile/*')
  @Header('content-type', 'application/octet-stream')
  async tile(
    @Param('log') name: string,
    @Param('*') path: string,
    @Headers('authorization') authorization: string | undefined,
    @Req() asked: Asked,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Buffer> {
    const log = this.#logOfPath(name);
    const tile = tileOfPath(`tile/${path}`);
    if (!isSpelledSo(asked, name, tile)) throw notThere();
    // Who asks too early is told so; bundles are for auditors.
    if (tile.kind === 'tile') void reply.header(...ANY_PAGE);
    const auditor = tile.kind === 'tile' ? undefined : await this.#admit(authorization, reply);
    const { size } = parseCheckpoint(parseNote(await this.#note(log)).text);
    const level = tile.kind === 'tile' ? tile.level : 0;
    if (tile.width > widthIn(size, level, tile.index)) throw notThere();
    const bytes = tile.kind === 'tile' ? await readTile(this.dataSource, log, tile) : await this.#bundle(log, tile);
    if (bytes === undefined) throw notThere();
    if (auditor !== undefined && log !== 'registry')
      await this.openings.opened([{ about: entriesAt(log, tile.index), what: 'log-entries' }], readerOf(auditor));
    void reply.header('cache-control', tile.kind === 'tile' ? PUBLIC_FOR_EVER : PRIVATE_FOR_EVER);
    return bytes;
  }

  async #admit(authorization: string | undefined, reply: Reply): Promise<Asking> {
    void reply.header('vary', 'authorization');
    void reply.header(...this.auditors.challenge);
    const auditor = await this.auditors.admit(authorization);
    void reply.removeHeader(this.auditors.challenge[0]);
    return auditor;
  }

  /** Only what was hashed: caches keep it for ever. */
  async #bundle(log: LogName, tile: Pick<TilePath, 'index' | 'width'>): Promise<Buffer> {
    return Buffer.from(encodeEntries(await unlessDamaged(hashedEntries(this.dataSource, log, tile))));
  }

  /** With its cosignatures, where enough witnesses have cosigned this very one. */
  async #cosigned(log: LogName, note: string): Promise<string> {
    const witnessed = await witnessedNote(this.dataSource, log);
    return witnessed !== undefined && parseNote(witnessed).text === parseNote(note).text ? witnessed : note;
  }

  #logOfPath(name: string): LogName {
    const log = this.#served.get(name);
    if (log === undefined) throw notThere();
    return log;
  }

  async #note(log: LogName): Promise<string> {
    const note = await storedNote(this.dataSource, log);
    if (note === undefined) throw notThere();
    return note;
  }
}

function tileOfPath(path: string): TilePath {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof TlogRefused) throw notThere();
    throw error;
  }
}

/** As it was asked, before percent-decoding: caches keep what they are given under every spelling, and for ever. */
function isSpelledSo({ url }: Asked, name: string, tile: TilePath): boolean {
  const [path] = url.split('?');
  return path === `/ledger/log/${name}/${tile.kind === 'tile' ? tilePath(tile) : entriesPath(tile)}`;
}

const notThere = (): Problem =>
  new Problem({
    status: 404,
    code: 'log.not-there',
    title: 'Not in the log',
    detail: 'there is no such log, no tile is spelled so, or the last checkpoint does not cover it',
    cure: 'Read /ledger/log/custody/checkpoint or /ledger/log/registry/checkpoint first: its size says which tiles there are, and https://c2sp.org/tlog-tiles how each is spelled',
  });
