import { Module } from '@nestjs/common';
import { defineSettings, readSettings } from '@unbroken/platform';
import { compose } from './compose.js';
import type { MakeService } from './compose.js';

@Module({})
class Nothing {}

const service =
  (more: { readonly answers?: true }): MakeService =>
  () => ({ name: 'bakery', module: { module: Nothing }, transports: () => [], ...more });

// Nobody is asked before the application starts.
const settings = readSettings(defineSettings({}), {
  UNBROKEN_ENV: 'test',
  UNBROKEN_KAFKA_BROKERS: '127.0.0.1:9092',
  UNBROKEN_POSTGRES_URL: 'postgres://127.0.0.1:5432/unbroken',
  UNBROKEN_POSTGRES_PASSWORDS: '.',
  UNBROKEN_LOG_LEVEL: 'error',
});

describe('a process', () => {
  it.each([
    ['no service answers what became of tokens', [{}, {}], 0],
    ['one of them does', [{}, { answers: true }], 1],
    ['several do', [{ answers: true }, { answers: true }], 1],
  ] as const)('%s → so many hear all that is recorded for that: %#', async (_case, rooms, ears) => {
    const { app, transports } = await compose(rooms.map(service), settings);
    expect(transports).toHaveLength(ears);
    await app.close();
  });
});
