import { useQuery } from '@tanstack/react-query';
import { partyQuery } from '../hub/evidence.js';
import { Name } from './name.js';

/** The registered name of a party; its id until it is known, and where nobody of that id is. */
export function PartyName({ party }: { readonly party: string }) {
  return <Name of={{ name: usePartyName(party) }} />;
}

function usePartyName(party: string): string {
  return useQuery(partyQuery(party)).data?.name ?? party;
}
