// A custody service as most would write it: Nest's own Kafka transport, a message a handler, jose to verify, TypeORM to
// save. It keeps tokens and where each parcel is; no order, no proof, no rules, no alerts.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TypeOrmModule, getRepositoryToken } from '@nestjs/typeorm';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { EntitySchema } from 'typeorm';

const { BROKERS = '', POSTGRES_URL = '', TOPIC = '', JWKS = '' } = process.env;
const keyOf = createLocalJWKSet(JSON.parse(JWKS));

const text = { type: /** @type {const} */ ('text') };
const NaiveToken = new EntitySchema({
  name: 'naive_token',
  columns: {
    tid: { ...text, primary: true },
    sub: text,
    evt: text,
    iss: text,
    token: text,
    recordedAt: { type: 'timestamptz' },
  },
});
const NaiveParcel = new EntitySchema({
  name: 'naive_parcel',
  columns: { sub: { ...text, primary: true }, holder: text, seq: { type: 'int' } },
});

class Tokens {
  /** @param {import('typeorm').Repository<any>} tokens @param {import('typeorm').Repository<any>} parcels */
  constructor(tokens, parcels) {
    this.tokens = tokens;
    this.parcels = parcels;
  }

  /** @param {string} token */
  async record(token) {
    const { payload } = await jwtVerify(token, keyOf, { algorithms: ['ES256'] });
    const tid = createHash('sha256').update(token).digest('base64url');
    await this.tokens.save({
      tid,
      sub: payload.sub,
      evt: payload['evt'],
      iss: payload.iss,
      token,
      recordedAt: new Date(),
    });
    if (payload['evt'] === 'accepted') {
      await this.parcels.save({ sub: payload.sub, holder: payload.iss, seq: payload['seq'] });
    }
  }
}
// What `@EventPattern(TOPIC)` and `@Payload()` do, without a compiler.
EventPattern(TOPIC)(
  Tokens.prototype,
  'record',
  /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Tokens.prototype, 'record')),
);
Payload()(Tokens.prototype, 'record', 0);

class NaiveModule {}
Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: POSTGRES_URL,
      entities: [NaiveToken, NaiveParcel],
      synchronize: true,
    }),
    TypeOrmModule.forFeature([NaiveToken, NaiveParcel]),
  ],
  controllers: [Tokens],
})(NaiveModule);
Inject(getRepositoryToken(NaiveToken))(Tokens, undefined, 0);
Inject(getRepositoryToken(NaiveParcel))(Tokens, undefined, 1);
Controller()(Tokens);

const app = await NestFactory.createMicroservice(NaiveModule, {
  logger: ['error'],
  transport: Transport.KAFKA,
  options: {
    client: { brokers: BROKERS.split(','), logLevel: 1 },
    consumer: { groupId: 'naive' },
    subscribe: { fromBeginning: true },
  },
});
await app.listen();
