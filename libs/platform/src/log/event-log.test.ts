import { Writable } from 'node:stream';
import { configureLog, eventLog, log } from './event-log.js';

describe('the log', () => {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  beforeEach(() => {
    lines.length = 0;
    configureLog({ level: 'info', service: 'bakery', destination });
  });

  it('an event → one line with its fields, the process and a time', () => {
    log.info('postgres.ready', { service: 'ledger' });
    expect(lines).toEqual([expect.objectContaining({ event: 'postgres.ready', service: 'ledger', process: 'bakery' })]);
    expect(lines[0]?.time).toMatch(/^\d{4}-/);
  });

  it('a field that is not listed → not written', () => {
    const fields = { group: 'g', token: 'secret' };
    eventLog({ 'oven.hot': { group: 'text' } }).warn('oven.hot', fields);
    expect(lines[0]).toMatchObject({ event: 'oven.hot', group: 'g' });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('below the level → nothing', () => {
    log.debug('postgres.ready', { service: 'ledger' });
    expect(lines).toEqual([]);
  });

  it('an error that quotes a token → code, name, message and place, without the token', () => {
    const token = `${'e'.repeat(60)}.${'y'.repeat(200)}.${'s'.repeat(86)}`;
    const error = Object.assign(new TypeError(`cannot read ${token}`), { code: 'EBAD', token });
    log.error('http.failed', { method: 'POST', route: '/v1/tokens' }, error);
    expect(lines[0]?.error).toMatchObject({ name: 'TypeError', code: 'EBAD', message: 'cannot read [token]' });
    expect(JSON.stringify(lines)).not.toContain('yyyy');
    expect(JSON.stringify(lines)).toContain('event-log.test');
  });
});
