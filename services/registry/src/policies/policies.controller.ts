// POST /registry/v1/policies publishes a policy document, GET …/{hash} gives its bytes back.

import { Controller, Get, Header, Inject, Param, Post, Req } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { PolicyAnswer } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Policies } from './policies.js';
import { keepRawBodies, rawBody } from './raw-body.js';
import { isHash } from '@unbroken/tokens';

const ROUTE = 'registry/v1/policies';

@Controller(ROUTE)
export class PoliciesController implements OnModuleInit {
  constructor(
    @Inject(Policies) private readonly policies: Policies,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    keepRawBodies(this.http.httpAdapter.getInstance<FastifyInstance>(), `/${ROUTE}`);
  }

  @Post()
  async publish(@Req() request: FastifyRequest): Promise<PolicyAnswer> {
    return { policy: await this.policies.publish(rawBody(request)) };
  }

  @Get(':hash')
  @Header('content-type', 'application/json')
  async document(@Param('hash') hash: string): Promise<Buffer> {
    const document = isHash(hash) ? await this.policies.document(hash) : undefined;
    if (document !== undefined) return document;
    throw new Problem({
      status: 404,
      code: 'policy.unknown',
      title: 'There is no such policy',
      detail: 'No policy document of this hash was published here.',
      pointer: '/hash',
      cure: 'Check the hash, or post the document to /registry/v1/policies.',
    });
  }
}
