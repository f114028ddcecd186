// What a person is told whom the dispatch rules stop: what is missing, and how to put it right.

import type { FindingCode, Policy } from '@unbroken/custody';

export type DispatchCode = Extract<
  FindingCode,
  `dispatch.${'unencrypted' | 'unapproved' | 'no-basis' | 'way-not-allowed'}`
>;

interface Told {
  readonly detail: string;
  readonly cure: string;
}

export const dispatchCures: Readonly<Record<DispatchCode, (policy: Policy) => Told>> = {
  'dispatch.unencrypted': ({ name, encryption }) => ({
    detail: `Under the policy “${name}” a shipment of this class must be encrypted.`,
    cure: `Encrypt it for the consignee (${encryption.accepted.join(', ')}), void this shipment and register it again.`,
  }),
  'dispatch.unapproved': ({ name, approval }) => ({
    detail: `Under the policy “${name}” a second person must approve a shipment of this class before it leaves.`,
    cure:
      'A second person of the sender, whose key was enrolled for a person by name (claim `person`), must sign `approved`, and the key that registered must be enrolled for another person; then sign the release again.' +
      named(approval),
  }),
  'dispatch.no-basis': ({ name }) => ({
    detail: `Under the policy “${name}” a shipment of this class needs a legal basis.`,
    cure: 'Void this shipment and register it again with its legal basis in `basis`.',
  }),
  'dispatch.way-not-allowed': ({ name }) => ({
    detail: `The policy “${name}” does not allow a shipment of this kind and class to be handed over this way.`,
    cure: 'Release it in a mode the policy allows for its class, such as meet.',
  }),
};

export const isDispatchCode = (code: string): code is DispatchCode => Object.hasOwn(dispatchCures, code);

const named = ({ by, deputies }: Policy['approval']): string => {
  if (by === undefined) return '';
  const standIns =
    deputies === undefined ? '' : `, or ${deputies.join(', ')} in the place of one of these (claim \`for\`)`;
  return ` The policy names who may approve: ${by.join(', ')}${standIns}.`;
};
