// The ledger's word that it will not record a token, as a problem with a cure.

import { HubProblem } from '../client/hub-errors.js';

/** @param line what was answered of it, with its code where it has one */
export function notRecorded(line: object | undefined, evt: string): HubProblem {
  const code = line !== undefined && 'code' in line ? String(line.code) : 'token.refused';
  return new HubProblem({
    status: 422,
    code,
    detail: `The ledger did not record the token "${evt}".`,
    cure: cures[code] ?? 'Ask the operator, with this code; the token is kept in quarantine with the reason.',
  });
}

const cures: Readonly<Record<string, string>> = {
  'token.unknown-key': 'Enrol the key with `unbroken party enrol`, and have the party admitted by the operator.',
  'token.other-party': 'Sign with a key of your own party: see `unbroken keys list`.',
  'token.party-taken': 'Choose another party id: this one was established with another root key.',
  'key.possession': 'Enrol the key again from the device that holds it.',
};
