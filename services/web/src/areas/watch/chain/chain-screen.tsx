// One chain: the sentence that matters, what to do, and everything that was signed about it.

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ChainView } from '@unbroken/contracts';
import { HubFailure } from '../../../hub/hub-failure.js';
import { chainQuery } from '../../../hub/chains.js';
import { grouped } from '../../../words/shipment-name.js';
import { NotTold } from '../not-told.js';
import { ChainBand } from './chain-band.js';
import css from './chain-screen.module.css';
import { ChainTimeline } from './chain-timeline.js';
import { EvidenceFiles } from './evidence-files.js';
import { Findings } from './findings.js';
import { Parties } from './parties.js';
import { Seals } from './seals.js';
import { UnknownChain } from './unknown-chain.js';

export function ChainScreen() {
  const { sub } = useParams({ from: '/chains/$sub' });
  const { data: chain, error } = useQuery(chainQuery(sub));
  return (
    <>
      <title>{`${grouped(chain?.row.sub ?? sub)} · Unbroken`}</title>
      {chain !== undefined ? <KnownChain chain={chain} /> : error === null ? <Waiting /> : whyNot(error, sub)}
    </>
  );
}

function KnownChain({ chain }: { readonly chain: ChainView }) {
  return (
    <article className={css['chain']}>
      <ChainBand chain={chain} />
      <ChainTimeline chain={chain} />
      <div className={css['aside']}>
        <Findings findings={chain.findings} sub={chain.row.sub} />
        <Seals seals={chain.seals} />
        <Parties parties={chain.parties} />
        <EvidenceFiles sub={chain.row.sub} />
      </div>
    </article>
  );
}

function Waiting() {
  return (
    <div className={css['chain']} aria-busy="true">
      <Skeleton className={css['wide']} h={150} />
      <Skeleton h={420} />
      <Skeleton className={css['aside']} h={200} />
    </div>
  );
}

function whyNot(error: Error, sub: string) {
  const unknown = error instanceof HubFailure && (error.status === 404 || error.status === 400);
  return unknown ? <UnknownChain sub={sub} failure={error} /> : <NotTold error={error} />;
}
