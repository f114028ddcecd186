// The frame around every screen: where you are, whether it is live, and the way to anything else.

import { AppShell } from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Logo } from '../sign/logo.js';
import { PartyName } from '../who/party-name.js';
import { useWho } from '../who/who-context.js';
import { ConnectionLine, ConnectionMark } from './connection-mark.js';
import { FindBox } from './find-box.js';
import { KeysDialog } from './keys-dialog.js';
import { Places } from './places.js';
import { PageMenu } from './page-menu.js';
import css from './shell.module.css';
import { useKeys } from './use-keys.js';

export function Shell() {
  const [keysOpened, setKeysOpened] = useState(false);
  const { party } = useWho();
  useKeys({ '?': () => setKeysOpened(true) });
  return (
    <AppShell header={{ height: 52 }} footer={{ height: { base: 58, sm: 0 } }}>
      <a className={css['skip']} href="#main">
        Skip to the content
      </a>
      <AppShell.Header className={css['header']}>
        <Link to="/" className={css['home']} aria-label="Unbroken, open chains">
          <Logo />
        </Link>
        <nav className={css['nav']} aria-label="Places">
          <Places />
        </nav>
        <div className={css['find']}>
          <FindBox />
        </div>
        {party !== null && (
          <span className={css['who']}>
            for <PartyName party={party} />
          </span>
        )}
        <ConnectionMark />
        <PageMenu onKeys={() => setKeysOpened(true)} />
      </AppShell.Header>
      <Main />
      <ConnectionLine />
      <AppShell.Footer hiddenFrom="sm">
        <nav className={css['bottom']} aria-label="Places">
          <Places />
        </nav>
      </AppShell.Footer>
      <KeysDialog opened={keysOpened} onClose={() => setKeysOpened(false)} />
    </AppShell>
  );
}

/** Takes the focus when another screen comes, so that reading and tabbing go on there. */
function Main() {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (path === undefined) return;
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return (
    <AppShell.Main ref={main} id="main" tabIndex={-1} className={css['main']}>
      <Outlet />
    </AppShell.Main>
  );
}
