// Mail over a real server: what is sent, and what is not where it cannot be sent safely.

import { afterEach, describe, expect, it } from '@jest/globals';
import { SettingsError, defineSettings, readSettings } from '@unbroken/platform';
import type { PartyId } from '@unbroken/tokens';
import { Contacts } from '../contacts/contact.js';
import type { Contact } from '../contacts/contact.js';
import { Mailbox } from '@unbroken/testing';
import { letterOf } from './letter.js';
import { mailOver } from './mail.js';

let mailbox: Mailbox | undefined;

afterEach(async () => {
  await mailbox?.close();
  mailbox = undefined;
});

const desk: Contact = {
  party: 'danish-post' as PartyId,
  id: 'desk',
  way: { kind: 'email', address: 'desk@post.example' },
  severities: ['critical'],
  codes: ['*'],
  quiet: null,
  escalate: null,
  escalatedOnly: false,
};
const contacts = new Contacts([desk]);

const settingsWith = (more: Record<string, string>) =>
  readSettings(defineSettings({}), {
    UNBROKEN_ENV: 'test',
    UNBROKEN_KAFKA_BROKERS: '127.0.0.1:9092',
    UNBROKEN_POSTGRES_URL: 'postgres://127.0.0.1:5432/unbroken',
    UNBROKEN_POSTGRES_PASSWORDS: '/nowhere',
    ...more,
  });

const sender = { UNBROKEN_SMTP_FROM: 'unbroken@hub.example' };
const letter = letterOf('It is <gone>\r\nBcc: all@post.example', [
  { text: 'Mrs & Mr <b>', strong: true, steps: ['Call.'] },
]);

describe('mail', () => {
  it('to a server without TLS, where none is asked for → sent, and what names hold stays text', async () => {
    mailbox = await Mailbox.open();
    const settings = settingsWith({ ...sender, UNBROKEN_SMTP_SERVER: mailbox.address, UNBROKEN_SMTP_TLS: 'none' });
    expect(await mailOver(settings, contacts)('desk@post.example', 'one', letter)).toEqual({ reached: true });
    const [mail] = mailbox.mails;
    expect(mail?.to).toEqual(['desk@post.example']);
    expect(mail?.text).toContain('Message-ID: <one@unbroken-development>');
    expect(mail?.text).not.toMatch(/^Bcc:/m);
    expect(mail?.text).toContain('<strong>Mrs &amp; Mr &lt;b&gt;</strong>');
  });

  it('to a server that does not offer the TLS that is asked for → nothing is sent', async () => {
    mailbox = await Mailbox.open();
    const settings = settingsWith({ ...sender, UNBROKEN_SMTP_SERVER: mailbox.address });
    expect(await mailOver(settings, contacts)('desk@post.example', 'one', letter)).toMatchObject({ reached: false });
    expect(mailbox.mails).toEqual([]);
  });

  it('to a server whose certificate nobody vouches for → nothing is sent', async () => {
    mailbox = await Mailbox.open({ disabledCommands: ['AUTH'] });
    const settings = settingsWith({ ...sender, UNBROKEN_SMTP_SERVER: mailbox.address });
    expect(await mailOver(settings, contacts)('desk@post.example', 'one', letter)).toMatchObject({ reached: false });
    expect(mailbox.mails).toEqual([]);
  });

  it('refused by the server → its code, without its words', async () => {
    mailbox = await Mailbox.open({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no desk here'), { responseCode: 550 })),
    });
    const settings = settingsWith({ ...sender, UNBROKEN_SMTP_SERVER: mailbox.address, UNBROKEN_SMTP_TLS: 'none' });
    expect(await mailOver(settings, contacts)('desk@post.example', 'one', letter)).toEqual({
      reached: false,
      why: 'mail server answered 550',
      forGood: false,
    });
  });

  it('contacts with addresses, and no mail server or sender → refused at the start', () => {
    expect(() => mailOver(settingsWith({}), contacts)).toThrow(SettingsError);
    expect(() => mailOver(settingsWith({}), contacts)).toThrow(/UNBROKEN_SMTP_SERVER: .*\nUNBROKEN_SMTP_FROM: /);
    expect(() => mailOver(settingsWith({}), new Contacts([]))).not.toThrow();
  });
});
