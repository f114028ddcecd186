// Finds a parcel by anything that stands on it: typing filters the table, a whole id opens its chain at once.

import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { readShipmentId } from '@unbroken/tokens';
import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useKeys } from './use-keys.js';

/** Long enough that a quick typist asks once, short enough to feel at once. */
const PAUSE_MS = 200;

export function FindBox() {
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }).q ?? '';
  const inTable = useRouterState({ select: ({ location }) => location.pathname === '/' });
  const [typed, setTyped] = useState(asked);
  const [lastAsked, setLastAsked] = useState(asked);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address has changed by something else than this box: going back, or another link.
  if (asked !== lastAsked) {
    setLastAsked(asked);
    setTyped(asked);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useKeys({
    '/': (event) => {
      event.preventDefault();
      input.current?.select();
    },
  });

  function find(text: string): void {
    clearTimeout(timer.current);
    const q = text.trim() || undefined;
    setLastAsked(q ?? '');
    void navigate({ to: '/', search: { q }, replace: inTable });
  }

  function type(text: string): void {
    setTyped(text);
    clearTimeout(timer.current);
    if (inTable) timer.current = setTimeout(() => find(text), PAUSE_MS);
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    clearTimeout(timer.current);
    const sub = readShipmentId(typed);
    if (sub === null) {
      find(typed);
      return;
    }
    setTyped('');
    void navigate({ to: '/chains/$sub', params: { sub } });
  }

  function clear(): void {
    setTyped('');
    find('');
  }

  return (
    <form role="search" onSubmit={submit}>
      <TextInput
        ref={input}
        type="search"
        size="sm"
        aria-label="Find a parcel by id, seal, carrier number or party"
        placeholder="Find: id, seal, carrier number, party"
        leftSection={<IconSearch size={16} />}
        rightSection={
          typed === '' ? <Kbd visibleFrom="sm">/</Kbd> : <CloseButton size="sm" aria-label="Clear" onClick={clear} />
        }
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        maxLength={200}
      />
    </form>
  );
}
