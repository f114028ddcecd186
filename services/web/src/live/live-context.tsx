// The live line within React: one for the page, and its state for whoever shows it.

import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { Connection } from './connection.js';
import { keepTrue } from './keep-true.js';
import { LatelyChanged } from './lately-changed.js';
import { LiveStream } from './live-stream.js';

interface Live {
  readonly stream: LiveStream;
  readonly lately: LatelyChanged;
}

const LiveContext = createContext<Live | null>(null);

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [live] = useState<Live>(() => {
    const lately = new LatelyChanged();
    return { lately, stream: new LiveStream(keepTrue(queries, lately)) };
  });
  useEffect(() => {
    const stop = live.stream.start();
    const seen = () => document.visibilityState === 'visible' && live.stream.retry();
    document.addEventListener('visibilitychange', seen);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', seen);
    };
  }, [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error('the live line is used outside of its provider');
  return live;
}

export function useConnection(): { connection: Connection; retry: () => void } {
  const { stream } = useLive();
  return { connection: useSyncExternalStore(stream.watch, () => stream.connection), retry: stream.retry };
}

export const useLatelyChanged = (): LatelyChanged => useLive().lately;
