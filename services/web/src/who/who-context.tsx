// For which party decisions are taken here. The page asks once, when it first matters, and remembers it on this device.

import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

const STORED = 'unbroken.who';

interface Who {
  /** Party id; null until somebody has said it. */
  readonly party: string | null;
  readonly choose: (party: string) => void;
  readonly forget: () => void;
}

const WhoContext = createContext<Who | null>(null);

export function WhoProvider({ children }: { readonly children: ReactNode }) {
  const [party, setParty] = useState(() => localStorage.getItem(STORED));
  const choose = useCallback((chosen: string) => {
    localStorage.setItem(STORED, chosen);
    setParty(chosen);
  }, []);
  const forget = useCallback(() => {
    localStorage.removeItem(STORED);
    setParty(null);
  }, []);
  const who = useMemo(() => ({ party, choose, forget }), [party, choose, forget]);
  return <WhoContext value={who}>{children}</WhoContext>;
}

export function useWho(): Who {
  const who = use(WhoContext);
  if (who === null) throw new Error('who you are is asked outside of its provider');
  return who;
}
