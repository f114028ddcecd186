// The operator as this deployment's settings pin it: whose `admitted` counts.

import type { Registry } from '@unbroken/custody';
import type { CommonSettings } from '@unbroken/platform';
import { isKeyId, isPartyId } from '@unbroken/tokens';

export type OperatorPin = ConstructorParameters<typeof Registry>[0];

export function operatorOf({
  UNBROKEN_OPERATOR_PARTY: operator,
  UNBROKEN_OPERATOR_KID: operatorKid,
}: Pick<CommonSettings, 'UNBROKEN_OPERATOR_PARTY' | 'UNBROKEN_OPERATOR_KID'>): OperatorPin {
  if (!isPartyId(operator)) throw new RangeError('UNBROKEN_OPERATOR_PARTY is not a party id');
  return isKeyId(operatorKid) ? { operator, operatorKid } : { operator };
}
