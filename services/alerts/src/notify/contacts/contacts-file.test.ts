import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SettingsError } from '@unbroken/platform';
import type { PartyId } from '@unbroken/tokens';
import { readContacts } from './contacts-file.js';

let folder: string;
let path: string;

const WHSEC = `whsec_${Buffer.from('twenty-four bytes or more').toString('base64')}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-contacts-'));
  path = join(folder, 'contacts.json');
  await writeFile(join(folder, 'danish-post.whsec'), WHSEC, { mode: 0o600 });
  await writeFile(join(folder, 'short'), 'whsec_c2hvcnQ=', { mode: 0o600 });
  await writeFile(join(folder, 'open'), WHSEC, { mode: 0o644 });
});

afterAll(() => rm(folder, { recursive: true }));

const read = async (text: string, mode = 0o600) => {
  await rm(path, { force: true });
  await writeFile(path, text, { mode });
  return readContacts({ UNBROKEN_CONTACTS: path });
};

/** What is wrong with a file of this party's contacts, without the file's own path. */
async function mistakes(...contacts: object[]): Promise<string[]> {
  try {
    await read(JSON.stringify({ parties: { 'danish-post': contacts } }));
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes.map(({ wrong }) => wrong.replaceAll(`${folder}/`, ''));
    throw error;
  }
  throw new Error('nothing was found wrong');
}

const mail = { id: 'desk', email: 'desk@post.example' };

describe('the file of contacts', () => {
  it('the example of docs/operations.md → understood', async () => {
    const manual = await readFile(new URL('../../../../../docs/operations.md', import.meta.url), 'utf8');
    const example = /```json contacts\n([^]*?)```/.exec(manual)?.[1] ?? '';
    const contacts = await read(example);
    expect(contacts.of('danish-post' as PartyId).map(({ id, way }) => `${id} ${way.kind}`)).toEqual([
      'duty-desk email',
      'duty-system webhook',
      'head-of-duty email',
    ]);
    expect(contacts.find('danish-post' as PartyId, 'duty-desk')).toMatchObject({
      escalate: { after: 30, to: ['head-of-duty'] },
      quiet: { zone: 'Europe/Copenhagen', from: '22:00', to: '07:00' },
      codes: ['*'],
      escalatedOnly: false,
    });
    expect(contacts.of('unbroken-operator' as PartyId)).toHaveLength(1);
  });

  it('none named → nobody is told', () => {
    expect(readContacts({ UNBROKEN_CONTACTS: undefined }).isEmpty).toBe(true);
  });

  it.each([
    [[{ id: 'desk' }], ['contacts.json at /parties/danish-post/0: needs either email or webhook']],
    [[{ ...mail, phone: '1' }], ['contacts.json at /parties/danish-post/0: phone is not a member here']],
    [[{ ...mail, email: 'desk' }], ['contacts.json at /parties/danish-post/0/email: is not an e-mail address']],
    [[mail, mail], ['contacts.json at /parties/danish-post/1/id: is the id of another contact of the party']],
    [
      [{ ...mail, codes: ['parcel.*', 'parcle.*'] }],
      ['contacts.json at /parties/danish-post/0/codes/1: is no code of an alert, nor the beginning of one and *'],
    ],
    [
      [{ ...mail, quiet: { zone: 'Copenhagen', from: '22', to: '07:00' } }],
      [
        'contacts.json at /parties/danish-post/0/quiet/zone: is not a time zone of the IANA database',
        'contacts.json at /parties/danish-post/0/quiet/from: is not a time of the form 22:00',
      ],
    ],
    [
      [{ ...mail, escalate: { after: 5, to: ['chief'] } }],
      ['contacts.json at /parties/danish-post/0/escalate/to/0: is the id of no contact of the party'],
    ],
    [
      [
        { ...mail, escalate: { after: 5, to: ['chief'] } },
        { id: 'chief', email: 'chief@post.example', escalate: { after: 5, to: ['desk'] } },
      ],
      [
        'contacts.json at /parties/danish-post/0/escalate/to: leads back to this contact',
        'contacts.json at /parties/danish-post/1/escalate/to: leads back to this contact',
      ],
    ],
    ...['http://post.example/hook', 'https://user:secret@post.example', 'ftp://post.example', 'post'].map(
      (url): [object[], string[]] => [
        [{ id: 'system', webhook: { url, secret: 'danish-post.whsec' } }],
        ['contacts.json at /parties/danish-post/0/webhook/url: is not https, nor http on this machine'],
      ],
    ),
    [
      ['nowhere', 'short', 'open'].map((secret) => ({ id: secret, webhook: { url: 'https://post.example', secret } })),
      [
        'contacts.json at /parties/danish-post/0/webhook/secret: nowhere cannot be read',
        'contacts.json at /parties/danish-post/1/webhook/secret: short does not hold whsec_ and 24 to 64 bytes in base64',
        'contacts.json at /parties/danish-post/2/webhook/secret: open can be read by others: run chmod 600 on it',
      ],
    ],
  ] as [object[], string[]][])('%j → every mistake with its place', async (contacts, expected) => {
    expect(await mistakes(...contacts)).toEqual(expected);
  });

  it('others may read it, it is no JSON, it is not there → refused, and nothing of it is quoted', async () => {
    await expect(read('{"parties":{}}', 0o644)).rejects.toThrow(/can be read by others/);
    await expect(read('{"parties": mrs.hansen@post.example')).rejects.toThrow(/contacts\.json is not JSON\. /);
    await expect(read('{"parties": mrs.hansen@post.example')).rejects.not.toThrow(/hansen/);
    expect(() => readContacts({ UNBROKEN_CONTACTS: join(folder, 'none.json') })).toThrow(/cannot be read/);
  });
});
