// POST /<service>/v1/tokens (docs/protocol, section 8): the same door in every service that has one.

import { Body, Controller, Headers, Inject, Post, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { TokensAnswer } from '@unbroken/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isWellFormed } from '../check-form.js';
import type { Checked } from '../check-form.js';
import { Intake } from '../intake.js';
import type { Taken } from '../intake.js';
import type { Until } from '../outcomes/awaited.js';
import { Outcomes } from '../outcomes/outcomes.js';
import type { KnownOutcomes } from '../outcomes/outcomes.js';
import { Promises } from '../promise/promises.js';
import { minimalPreferred, waitPreferred } from '../prefer.js';
import { answerTo } from './answer.js';
import type { Sent } from './answer.js';
import { readUpload } from './read-upload.js';
import type { Upload } from './read-upload.js';

const applied = (until: Until, seconds: number): string =>
  until === 'known' ? `wait=${seconds}, return=minimal` : `wait=${seconds}`;

/** A manifest that could not be read is one line, as one of a single parcel is: what is wrong with it is the answer. */
function sentAs(upload: Upload, taken: readonly Taken[]): Sent {
  if (!('manifest' in upload)) return upload.alone ? 'alone' : 'batch';
  return taken.length > 1 ? 'manifest' : 'alone';
}

const NOTHING_KNOWN: KnownOutcomes = new Map();

/** The controller of one service's intake, at its prefix. */
export function tokensController(prefix: string): Type {
  @Controller(`${prefix}/v1/tokens`)
  class TokensController {
    constructor(
      @Inject(Intake) private readonly intake: Intake,
      @Inject(Outcomes) private readonly outcomes: Outcomes,
      @Inject(Promises) private readonly promises: Promises,
    ) {}

    @Post()
    async post(
      @Body() body: unknown,
      @Headers('prefer') prefer: string | undefined,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<TokensAnswer> {
      const upload = readUpload(body);
      const seconds = waitPreferred(prefer);
      const until = minimalPreferred(prefer) ? 'known' : 'receipted';
      const checked = await this.#read(upload);
      if (seconds !== undefined) this.outcomes.expect(checked.filter(isWellFormed));
      const taken = await this.intake.take(checked, upload.deviceClock);
      const known = seconds === undefined ? NOTHING_KNOWN : await this.#waitFor(taken, { until, seconds }, request);
      const promise = this.promises.of(taken);
      const { status, body: answer } = answerTo(taken, known, { until, sent: sentAs(upload, taken), promise });
      if (seconds !== undefined) void reply.header('preference-applied', applied(until, seconds));
      void reply.status(status);
      return answer;
    }

    #read(upload: Upload): Promise<Checked[]> | Checked[] {
      return 'manifest' in upload ? this.intake.readManifest(upload.manifest) : this.intake.read(upload.tokens);
    }

    /** A client that hangs up is not waited for. */
    async #waitFor(
      taken: readonly Taken[],
      waited: { readonly until: Until; readonly seconds: number },
      request: FastifyRequest,
    ): Promise<KnownOutcomes> {
      const gone = new AbortController();
      const hangUp = () => gone.abort();
      request.raw.socket.once('close', hangUp);
      try {
        const tokens = taken.flatMap((one) => ('token' in one ? [one.token] : []));
        return await this.outcomes.of(tokens, { ...waited, gone: gone.signal });
      } finally {
        request.raw.socket.off('close', hangUp);
      }
    }
  }
  return TokensController;
}
