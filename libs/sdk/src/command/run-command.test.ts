import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { AnsweringHub, problem, recording } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { chainAnswer, someShipment } from '@unbroken/words/fixture';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';
import { runCommand } from './run-command.js';
import { unbrokenProgram } from './program.js';
import type { Output, Surroundings } from './surroundings.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const chains = `GET /ledger/v1/chains/${someShipment}`;
const chain = { [chains]: { status: 200, body: chainAnswer() } };

let home: string;
let hub: AnsweringHub | undefined;
let env: Record<string, string>;
let out: string;
let err: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'unbroken-command-'));
  env = { UNBROKEN_HUB: 'http://127.0.0.1:9', UNBROKEN_HOME: home };
  [out, err] = ['', ''];
});

afterEach(async () => {
  await hub?.close();
  hub = undefined;
  await rm(home, { recursive: true });
});

async function hubAnswers(answers: Record<string, Answer | ((asked: Asked) => Answer)>): Promise<AnsweringHub> {
  hub = new AnsweringHub(answers);
  env['UNBROKEN_HUB'] = await hub.listen();
  return hub;
}

const output = (isTerminal: boolean, write: (text: string) => void): Output => ({ isTerminal, write });

const surroundings = (isTerminal = false): Surroundings => ({
  env,
  userHome: home,
  out: output(isTerminal, (text) => (out += text)),
  err: output(isTerminal, (text) => (err += text)),
  now: () => NOW,
  pause: () => Promise.reject(new Error('nothing is waited for here')),
  operate: () => Promise.reject(new Error('nothing is operated here')),
});

const unbroken = (...args: string[]) => runCommand(args, surroundings());
const keyOf = async (party: string, use: 'device' | 'root' = 'device') =>
  new DirectoryKeyStore(join(home, 'keys')).create({
    party: party as PartyId,
    use,
    created: new Date(NOW).toISOString(),
  });

describe('exit codes', () => {
  it('what was asked is told → 0', async () => {
    await hubAnswers(chain);
    expect(await unbroken('chain', someShipment)).toBe(0);
    expect(err).toBe('');
  });

  it('--help → 0, with the exit codes', async () => {
    expect(await unbroken('--help')).toBe(0);
    expect(out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
  });

  it('the hub refuses → 1, with what, the code and the cure', async () => {
    await hubAnswers({ [chains]: problem(503, 'registry.behind', 'Not known yet.', 'Ask again.') });
    expect(await unbroken('chain', someShipment)).toBe(1);
    expect(err).toBe('✗ Not known yet. registry.behind\n  Ask again.\n');
    expect(out).toBe('');
  });

  it('no key to sign with → 1, says how to make one', async () => {
    expect(await unbroken('approve', someShipment, '--as', 'danish-post')).toBe(1);
    expect(err).toContain('unbroken party enrol --as danish-post --use device');
  });

  it('a key file that others can read → 1, before anything is sent', async () => {
    const { asked } = await hubAnswers(chain);
    const { kid } = await keyOf('danish-post');
    await chmod(join(home, 'keys', `${kid}.json`), 0o644);
    expect(await unbroken('report', someShipment, '--what', 'lost')).toBe(1);
    expect(err).toContain('chmod 600');
    expect(asked).toEqual([]);
  });

  it.each([
    ['a command that is none', ['teleport']],
    ['an option that is none', ['chain', someShipment, '--fast']],
    ['an argument that is missing', ['chain']],
    ['a mandatory option that is missing', ['release', someShipment]],
    ['a mistyped shipment id', ['chain', `${someShipment.slice(0, -1)}${someShipment.endsWith('0') ? '1' : '0'}`]],
    ['a party id that is none', ['release', someShipment, '--to', 'Danish Post']],
    ['a distance that is none of the seven', ['report', someShipment, '--what', 'lost', '--off', '17']],
    ['a seal state that is none', ['confirm', someShipment, '--seal', 'A1=fine']],
    ['a time without its zone', ['release', someShipment, '--to', 'danish-post', '--until', '2026-12-01T16:00']],
    ['a hub address that is none', ['chain', someShipment, '--hub', 'localhost:8470']],
    ['nobody said who acts', ['approve', someShipment]],
    ['an alert acknowledged without a reason', ['alerts', '--ack', 'x', '--as', 'danish-post']],
  ])('%s → 2, told on stderr alone', async (_, args) => {
    expect(await unbroken(...args)).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^✗ \S/);
  });

  it('a class of seal that is none → says what the three mean, and whose they are', async () => {
    expect(await unbroken('seal', someShipment, '--seal', 'A1=Q')).toBe(2);
    expect(err).toContain('I (indicative), S (security), H (high security); ISO 17712.');
  });

  it('several options that are missing → all at once, and the command’s own help', async () => {
    expect(await unbroken('incident', 'people-told', '6f0c9a1e')).toBe(2);
    expect(err).toBe(
      "✗ required options not specified: '--reason <text>', '--how <text>'\n(unbroken incident people-told --help tells the form)\n",
    );
  });

  it('several keys and none named → 2, names them', async () => {
    const [one, other] = [await keyOf('danish-post'), await keyOf('danish-post')];
    expect(await unbroken('approve', someShipment)).toBe(2);
    expect(err).toContain(one.kid);
    expect(err).toContain(other.kid);
  });

  it('a key of another party is named → 2', async () => {
    const { kid } = await keyOf('visa-centre');
    await keyOf('danish-post');
    expect(await unbroken('approve', someShipment, '--as', 'danish-post', '--key', kid)).toBe(2);
  });

  it('nobody answers → 3, with the cure', async () => {
    expect(await unbroken('alerts')).toBe(3);
    expect(err).toContain('npm run up');
  });
});

describe('what is told', () => {
  it('--json → one JSON value on stdout and nothing else', async () => {
    await hubAnswers(chain);
    await unbroken('chain', someShipment, '--json');
    expect(JSON.parse(out)).toEqual(chainAnswer());
  });

  it('--json and a failure → nothing on stdout, JSON on stderr', async () => {
    await unbroken('alerts', '--json');
    expect(out).toBe('');
    expect(JSON.parse(err)).toMatchObject({ exitCode: 3, code: 'hub.unreachable' });
  });

  it('a key id that begins with a dash → a key and no option, before and behind --key', async () => {
    const dashed = `-${'A'.repeat(42)}`;
    await keyOf('danish-post', 'root');
    expect(await unbroken('party', 'revoke', dashed, '--why', 'lost-phone')).toBe(3);
    expect(await unbroken('party', 'revoke', '--why', 'lost-phone', '--key', dashed, dashed)).toBe(2);
    expect(err).toContain(dashed);
    expect(err).not.toContain('unknown option');
  });

  it('an id in lower case with dashes → the same shipment', async () => {
    const { asked } = await hubAnswers(chain);
    expect(await unbroken('chain', formatShipmentId(someShipment).toLowerCase())).toBe(0);
    expect(asked[0]?.path).toContain(someShipment);
  });

  it('what is taken and not settled → in the outbox, with what fetches its receipt', async () => {
    await keyOf('danish-post');
    await hubAnswers({ ...chain, 'POST /courier/v1/tokens': recording() });
    expect(await unbroken('report', someShipment, '--what', 'lost')).toBe(0);
    out = '';
    expect(await unbroken('outbox')).toBe(0);
    expect(out).toContain('· taken');
    expect(out).toContain('`unbroken sync` fetches its final receipt.');
  });

  it('a statement that changes nothing → tells where the parcel really stands, and what is wrong', async () => {
    await keyOf('visa-centre');
    const { asked } = await hubAnswers({
      'POST /courier/v1/tokens': recording(),
      [chains]: { status: 200, body: chainAnswer({ status: 'confirmed', holder: 'statistics-denmark', closed: true }) },
    });
    expect(await unbroken('accept', someShipment, '--anyway')).toBe(0);
    expect(out).toContain('Confirmed by statistics-denmark. The chain is closed.');
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('on a terminal: %s, with %j → coloured: %s', async (isTerminal, more, coloured) => {
    await hubAnswers(chain);
    env = { ...env, ...more };
    await runCommand(['chain', someShipment], surroundings(isTerminal));
    expect(out.includes('\u001b[')).toBe(coloured);
  });
});

describe('what stays at home', () => {
  it('a note → only its commitment is sent; salt and text are kept first', async () => {
    await keyOf('danish-post');
    const { asked } = await hubAnswers({ ...chain, 'POST /courier/v1/tokens': recording() });
    await unbroken('report', someShipment, '--what', 'damaged', '--note', 'Jane Doe dropped it');
    const [posted = ''] = asked.filter(({ method }) => method === 'POST').map(({ body }) => body);
    const { tokens } = JSON.parse(posted) as { tokens: string[] };
    const claims = Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString();
    expect(claims).not.toContain('Jane');
    const note = (JSON.parse(claims) as { note: string }).note;
    expect(await readdir(join(home, 'salts'))).toEqual([`${note}.json`]);
  });

  it('a new key → its private half is never told', async () => {
    expect(await unbroken('keys', 'new', '--as', 'danish-post', '--json')).toBe(0);
    const { kid, path } = JSON.parse(out) as { kid: string; path: string };
    expect(path).toBe(join(home, 'keys', `${kid}.json`));
    expect(out).not.toContain('"d"');
  });
});

describe('--help of every command', () => {
  const below = (command: ReturnType<typeof unbrokenProgram>, path: string[] = []): string[][] =>
    command.commands.length === 0 ? [path] : command.commands.flatMap((child) => below(child, [...path, child.name()]));

  it.each(below(unbrokenProgram(surroundings())).map((path) => path.join(' ')))('%s → has examples', async (path) => {
    expect(await unbroken(...path.split(' '), '--help')).toBe(0);
    expect(out).toMatch(new RegExp(`Examples?:\\n {2}\\$ unbroken ${path} ?`));
  });
});
