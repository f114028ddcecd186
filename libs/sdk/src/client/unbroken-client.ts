// The hub as a program sees it: one method a call of docs/protocol, section 8. Portable: needs nothing but fetch.

import {
  alert,
  alertsPage,
  arrivalsAnswer,
  chainAnswer,
  chainsPage,
  codeAnswer,
  codeConfirmed,
  custodyAnswer,
  draftAnswer,
  finderAnswer,
  guestAnswer,
  holdAnswer,
  jwksAnswer,
  namesakesAnswer,
  openingsAnswer,
  partyAnswer,
  partyChainsAnswer,
  policyAnswer,
  shipmentsAnswer,
  tokensAnswer,
  tokenStatus,
  trustAnswer,
} from '@unbroken/contracts';
import type {
  Alert,
  AlertAssignment,
  AlertsPage,
  ArrivalsAnswer,
  ChainAnswer,
  ChainsPage,
  CodeConfirmation,
  CodeConfirmed,
  CustodyAnswer,
  DraftAnswer,
  FinderAnswer,
  FinderReport,
  GuestDetails,
  JwksAnswer,
  NamesakesAnswer,
  OpeningsAnswer,
  PartyAnswer,
  PartyChainsAnswer,
  ShipmentDraft,
  ShipmentsAnswer,
  TokensAnswer,
  TokenStatus,
  TrustAnswer,
} from '@unbroken/contracts';
import { chainEvidence, evidenceBundle } from '@unbroken/evidence';
import type { ChainEvidence, EvidenceBundle } from '@unbroken/evidence';
import type { Manifest } from '@unbroken/manifests';
import type { Hash } from '@unbroken/tokens';
import { HubHttp } from './hub-http.js';
import type { HubHttpParts } from './hub-http.js';

/** Where tokens are posted: each role has its own door; any takes any token, and only the sender's blocks a dispatch. */
export const doors = ['sender', 'courier', 'receiver', 'registry'] as const;
export type Door = (typeof doors)[number];

export interface PostOptions {
  /** Seconds to wait for the record, 1 to 30; left out: not at all. */
  readonly wait?: number;
  /** Waits for the receipt too, which comes when a signed checkpoint covers the record. */
  readonly receipt?: boolean;
  /** This device's clock now, in seconds since 1970; the hub notices when it is off. */
  readonly clock?: number;
}

export interface AlertsFilter {
  readonly state?: 'open' | 'raised' | 'acknowledged' | 'resolved' | 'all';
  readonly sub?: string;
  readonly party?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export interface ChainsFilter {
  /** A shipment id, seal, carrier's number or party's name, or the beginning of one. */
  readonly q?: string | undefined;
  readonly party?: string | undefined;
  /** Where the page before ended. */
  readonly after?: string | undefined;
  /** At most 500. */
  readonly limit?: number;
}

/** Who decides it, a party id, and why, one line. */
export interface Decision {
  readonly by: string;
  readonly reason: string;
}

/** Every method rejects with HubProblem where the hub says no, with HubUnreachable where no hub answers. */
export class UnbrokenClient {
  readonly url: string;
  readonly #http: HubHttp;

  constructor(parts: HubHttpParts) {
    this.#http = new HubHttp(parts);
    this.url = this.#http.url;
  }

  /** Posts up to 500 signed tokens. One line for each, in order; where it waited and the record is known, with it. */
  async postTokens(door: Door, tokens: readonly string[], options: PostOptions = {}): Promise<TokensAnswer['tokens']> {
    return (await this.post(door, tokens, options)).tokens;
  }

  /** The same, with the hub's promise of what it took. */
  post(door: Door, tokens: readonly string[], options: PostOptions = {}): Promise<TokensAnswer> {
    return this.#post(door, { tokens }, options);
  }

  /** Posts a whole manifest once. One line for each of its parcels, in order, with the hub's promise of what it took. */
  postManifest(door: Door, { token, items }: Manifest, options: PostOptions = {}): Promise<TokensAnswer> {
    return this.#post(door, { manifest: { token, items } }, options);
  }

  #post(door: Door, sent: object, { wait, receipt = false, clock }: PostOptions): Promise<TokensAnswer> {
    return this.#http.post(`/${door}/v1/tokens`, tokensAnswer, {
      body: JSON.stringify({ ...sent, ...(clock === undefined ? {} : { clock }) }),
      type: 'application/json',
      ...(wait === undefined ? {} : { headers: { prefer: `wait=${wait}${receipt ? '' : ', return=minimal'}` } }),
    });
  }

  /** The tlog-proof that a token is recorded. */
  receipt(tid: string): Promise<string> {
    return this.#http.text(`/ledger/v1/tokens/${encodeURIComponent(tid)}/receipt`);
  }

  /** What became of a token: pending, recorded, malformed or refused. */
  token(tid: string): Promise<TokenStatus> {
    return this.#http.get(`/ledger/v1/tokens/${encodeURIComponent(tid)}`, tokenStatus);
  }

  /** The chain of a shipment, with its findings, or of a party. `access`, for `chains`, shows who reads it. */
  chain(sub: string, access?: string): Promise<ChainAnswer> {
    return this.#http.get(`/ledger/v1/chains/${encodeURIComponent(sub)}`, chainAnswer, {}, shown(access));
  }

  /** Open chains, the worst first, as people watch them; with `q` those that it leads to, closed ones too. */
  chains(query: ChainsFilter = {}): Promise<ChainsPage> {
    return this.#http.get('/dashboard/v1/chains', chainsPage, { ...query });
  }

  /** All that the logs have to show of a parcel, to be checked by `verifyEvidence` without the hub. `access` as of `chain`. */
  evidence(sub: string, access?: string): Promise<EvidenceBundle> {
    const path = `/ledger/v1/chains/${encodeURIComponent(sub)}/evidence`;
    return this.#http.get(path, evidenceBundle, {}, shown(access));
  }

  /** Whether a legal hold keeps anything of the shipment from being erased. */
  async held(sub: string): Promise<boolean> {
    return (await this.#http.get(`/alerts/v1/holds/${encodeURIComponent(sub)}`, holdAnswer)).held;
  }

  /** Who has seen this, a page, the newest first; `access` is an access token for `chains`. */
  openings(access: string, about: string, cursor?: string): Promise<OpeningsAnswer> {
    return this.#http.get(
      `/ledger/v1/openings/${encodeURIComponent(about)}`,
      openingsAnswer,
      { cursor },
      bearer(access),
    );
  }

  /** What the log has to show of one chain alone, a party's too. */
  entries(sub: string): Promise<ChainEvidence> {
    return this.#http.get(`/ledger/v1/chains/${encodeURIComponent(sub)}/entries`, chainEvidence);
  }

  /** A page of the chains that have to do with this party, each with a mark that changes with it. */
  chainsOf(party: string, cursor?: string): Promise<PartyChainsAnswer> {
    return this.#http.get('/receiver/v1/chains', partyChainsAnswer, { party, cursor });
  }

  /** The deployment's name, its operator and its logs. */
  trust(): Promise<TrustAnswer> {
    return this.#http.get('/ledger/v1/trust', trustAnswer);
  }

  /** A party's name, roles, sites, keys and policies, as the registry log knows them now. */
  party(id: string): Promise<PartyAnswer> {
    return this.#http.get(`/registry/v1/parties/${encodeURIComponent(id)}`, partyAnswer);
  }

  /** Other admitted parties whose name reads like this one's. */
  async namesakes(id: string): Promise<NamesakesAnswer['parties']> {
    return (await this.#http.get(`/registry/v1/parties/${encodeURIComponent(id)}/namesakes`, namesakesAnswer)).parties;
  }

  /** The party's public keys (RFC 7517). */
  jwks(id: string): Promise<JwksAnswer> {
    return this.#http.get(`/registry/v1/parties/${encodeURIComponent(id)}/jwks.json`, jwksAnswer);
  }

  /** Publishes a policy document as its exact text; answers the hash that `policed` and `registered` name. */
  async publishPolicy(text: string): Promise<string> {
    const sent = { body: text, type: 'application/json' };
    return (await this.#http.post('/registry/v1/policies', policyAnswer, sent)).policy;
  }

  /** The exact text of a published policy document. */
  policy(hash: Hash): Promise<string> {
    return this.#http.text(`/registry/v1/policies/${encodeURIComponent(hash)}`);
  }

  alerts(filter: AlertsFilter = {}): Promise<AlertsPage> {
    return this.#http.get('/alerts/v1/alerts', alertsPage, { ...filter });
  }

  acknowledge(id: string, decision: Decision): Promise<Alert> {
    return this.#http.postJson(`/alerts/v1/alerts/${encodeURIComponent(id)}/acknowledge`, alert, decision);
  }

  /** Makes it the task of a party, and of one of its contacts, who is told. */
  assign(id: string, assignment: AlertAssignment): Promise<Alert> {
    return this.#http.postJson(`/alerts/v1/alerts/${encodeURIComponent(id)}/assign`, alert, assignment);
  }

  resolve(id: string, decision: Decision): Promise<Alert> {
    return this.#http.postJson(`/alerts/v1/alerts/${encodeURIComponent(id)}/resolve`, alert, decision);
  }

  /** What is missing before this shipment may leave; nothing is registered by asking. */
  draftShipment(draft: ShipmentDraft): Promise<DraftAnswer> {
    return this.#http.postJson('/sender/v1/shipments', draftAnswer, draft);
  }

  /** What this party has sent, and where it is. */
  sent(party: string, page: { readonly status?: string; readonly cursor?: string } = {}): Promise<ShipmentsAnswer> {
    return this.#http.get('/sender/v1/shipments', shipmentsAnswer, { party, ...page });
  }

  /** What is offered to this party, and what it holds. */
  custody(party: string): Promise<CustodyAnswer> {
    return this.#http.get('/courier/v1/custody', custodyAnswer, { party });
  }

  /** What is on its way to this party, and what has arrived and is not confirmed. */
  arrivals(party: string): Promise<ArrivalsAnswer> {
    return this.#http.get('/receiver/v1/arrivals', arrivalsAnswer, { party });
  }

  /** Tells what a finder told, as the form of the finder's page does; whether there is such a shipment is not said. */
  tellFound(sub: string, { contact, ...said }: FinderReport): Promise<FinderAnswer> {
    const report = { ...said, ...(contact === undefined ? {} : { contact }) };
    return this.#http.post(`/found/${encodeURIComponent(sub)}`, finderAnswer, {
      body: new URLSearchParams(report).toString(),
      type: 'application/x-www-form-urlencoded',
    });
  }

  /** Has the hub keep, erasable, whom a parcel will be for; answers the claim `guest` to sign. */
  async keepGuest(guest: GuestDetails): Promise<string> {
    return (await this.#http.postJson('/receiver/v1/guests', guestAnswer, guest)).guest;
  }

  /** Has a code sent to whom the parcel is for, if it is for a guest; answers when such a code runs out. */
  async sendCode(sub: string): Promise<string> {
    return (await this.#http.postJson('/receiver/v1/codes', codeAnswer, { sub })).until;
  }

  /** With the code that a guest was sent: what they say of the parcel, signed by the hub's code desk. */
  confirmByCode(said: CodeConfirmation): Promise<CodeConfirmed> {
    return this.#http.postJson('/receiver/v1/codes/confirm', codeConfirmed, said);
  }
}

const bearer = (access: string) => ({ authorization: `Bearer ${access}` });

const shown = (access: string | undefined) => (access === undefined ? {} : bearer(access));
