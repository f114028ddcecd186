// Single keys for people who work here all day. They rest while somebody types, and while a dialog is open.

import { useEffect } from 'react';

const typing = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

/** Runs what belongs to a key, by its name in the browser: "j", "/", "?", "ArrowDown". */
export function useKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(typing) !== null) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      keys[event.key]?.(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  });
}
