import { Module } from '@nestjs/common';
import { jest } from '@jest/globals';
import { waitFor } from '@unbroken/testing';
import { SettingsError } from '../config/settings-error.js';
import { configureLog } from '../log/event-log.js';
import { createHttpApp } from './http-app.js';
import { runService } from './run-service.js';

@Module({})
class EmptyModule {}

const settings = {
  UNBROKEN_HTTP_HOST: '127.0.0.1',
  UNBROKEN_HTTP_PORT: 0,
  UNBROKEN_LOG_LEVEL: 'info',
  UNBROKEN_SERVICE: 'bakery',
} as const;

describe('a process', () => {
  const lines: string[] = [];
  const listen = () =>
    configureLog({ level: 'info', service: 'test', destination: { write: (line) => void lines.push(line) } });
  const codes: unknown[] = [];

  beforeEach(() => {
    lines.length = 0;
    codes.length = 0;
    listen();
    jest.spyOn(process, 'exit').mockImplementation((code) => codes.push(code) as never);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT');
  });

  it('mistakes in the settings → printed plainly, one a line, exit 78', async () => {
    const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const mistake = (name: string) => ({ name, wrong: 'is not set', cure: 'Set it' });
    await runService({
      name: 'bakery',
      build: () => Promise.reject(new SettingsError([mistake('UNBROKEN_A'), mistake('UNBROKEN_B')])),
    });
    expect(codes).toEqual([78]);
    expect(printed.mock.calls.map(([text]) => text)).toEqual([
      'UNBROKEN_A: is not set. Set it\nUNBROKEN_B: is not set. Set it\n',
    ]);
  });

  it('another failure to start → logged, exit 1', async () => {
    await runService({ name: 'bakery', build: () => Promise.reject(new RangeError('no oven')) });
    expect(codes).toEqual([1]);
    expect(lines.join('')).toContain('no oven');
  });

  it('SIGTERM, twice → ends the request in hand, closes once, exit 0', async () => {
    let answer: (() => void) | undefined;
    const build = async () => {
      const app = await createHttpApp(EmptyModule, settings);
      app
        .getHttpAdapter()
        .getInstance()
        .get('/slow', async () => {
          await new Promise<void>((resolve) => (answer = resolve));
          return { done: true };
        });
      listen();
      return { app, transports: [] };
    };
    await runService({ name: 'bakery', build });
    const address = /"address":"([^"]+)"/.exec(lines.join(''))?.[1] ?? '';
    const slow = fetch(`${address}/slow`);
    await waitFor(() => answer, { what: 'the request to be in hand' });
    process.emit('SIGTERM');
    process.emit('SIGTERM');
    await waitFor(
      () =>
        fetch(`${address}/healthz`).then(
          ({ status }) => status === 503,
          () => true,
        ),
      { what: 'new requests to be turned away' },
    );
    expect(codes).toEqual([]);
    answer?.();
    expect(await (await slow).json()).toEqual({ done: true });
    await waitFor(() => codes.length > 0, { what: 'the exit' });
    expect(codes).toEqual([0]);
    expect(lines.filter((line) => line.includes('service.stopping'))).toHaveLength(1);
  }, 30_000);
});
