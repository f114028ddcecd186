// unbroken verify-promise: whether the hub has recorded what it promised to record.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { TokenStatus } from '@unbroken/contracts';
import { readTrust } from '@unbroken/evidence';
import type { TokenId } from '@unbroken/tokens';
import { HubProblem } from '../../client/hub-errors.js';
import type { UnbrokenClient } from '../../client/unbroken-client.js';
import { readKeptToken } from '../../promises/kept-token.js';
import type { KeptToken } from '../../promises/kept-token.js';
import { heldPromise, weighPromise } from '../../promises/weigh-promise.js';
import type { Answered, HeldPromise, PromiseVerdict } from '../../promises/weigh-promise.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { CannotBeDone } from '../told-failure.js';

export const addVerifyPromise: AddCommand = (parent, around) => {
  parent
    .command('verify-promise')
    .description('whether the hub has recorded what it promised to record; asks the hub where the file has no receipt')
    .argument('<file>', 'a token with its promise, from the directory `tokens` of your home')
    .requiredOption('--policy <file>', 'the trust policy you kept, as `unbroken trust` writes it')
    .addHelpText('after', examples('unbroken verify-promise ~/.unbroken/tokens/TOKEN.json --policy trust.json'))
    .action(async (file: string, { policy }: { policy: string }, command: Command) => {
      const session = sessionOf(command, around);
      const kept = readKept(await readFile(file, 'utf8'), file);
      const trust = readTrust(await readFile(policy, 'utf8'));
      const { token, promise } = kept;
      if (promise === undefined) throw noPromise(file, kept.receipt !== undefined);
      const held = await heldPromise(promise, token, trust);
      const answered = kept.receipt === undefined ? await whatHubSays(session.client, held.tid) : kept;
      const now = Math.floor(around.now() / 1000);
      const verdict = await weighPromise({ token, due: held.due }, answered, { trust, now });
      session.tell({ ...held, ...verdict }, [promised(held), said(verdict, held)]);
      if (verdict.verdict === 'broken') {
        throw new CannotBeDone(
          'promise.broken',
          'The hub has broken its promise.',
          'Keep this file: with your trust policy it shows anybody that the hub had the token. Post the token again.',
        );
      }
    });
};

function readKept(text: string, file: string): KeptToken {
  const read = readKeptToken(text);
  if (read !== undefined) return read;
  throw new CannotBeDone(
    'promise.file',
    `${file} is not a token with its promise.`,
    'Name a file of the directory `tokens` in your home, as the command has written it.',
  );
}

const noPromise = (file: string, hasReceipt: boolean): CannotBeDone =>
  new CannotBeDone(
    'promise.none',
    `${file} holds no promise${hasReceipt ? ': the token is recorded, and its receipt has taken the place of it' : ''}.`,
    hasReceipt ? 'Nothing is open: `unbroken chain` shows what was recorded.' : 'Post the token again.',
  );

/** What the hub has to show; a token it does not know is what a broken promise looks like. */
async function whatHubSays(client: UnbrokenClient, tid: TokenId): Promise<Answered> {
  try {
    const status: TokenStatus = await client.token(tid);
    const isInLog = status.status === 'recorded' || status.status === 'malformed';
    return { status, receipt: isInLog ? await client.receipt(tid) : undefined };
  } catch (error) {
    if (error instanceof HubProblem && error.code === 'token.unknown') return {};
    throw error;
  }
}

const time = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const promised = ({ iss, service, received, due, tid }: HeldPromise): string =>
  `${iss} (${service}) took the token ${tid} at ${time(received)} and promised to record it by ${time(due)}.`;

function said(verdict: PromiseVerdict, { due }: HeldPromise): string {
  if ('index' in verdict) {
    const place = `entry ${verdict.index} of ${verdict.log} at ${time(verdict.recordedAt)}`;
    return verdict.verdict === 'kept' ? `✓ Kept: it is ${place}.` : `✗ Broken: it was recorded too late, as ${place}.`;
  }
  if (verdict.verdict === 'answered') {
    return `? Not recorded: the hub says ${verdict.code}, which it has not signed. ${
      verdict.code === 'token.unknown-key' ? 'It waits up to 72 hours for its key to count.' : ''
    }`.trimEnd();
  }
  return verdict.verdict === 'open'
    ? `· Open until ${time(due)}.`
    : '✗ Broken: the hub does not show it, and the time is over.';
}
