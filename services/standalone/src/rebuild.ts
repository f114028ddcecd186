// The views that can be made again from the log, by name.

import { rebuildAlerts } from '@unbroken/alerts';
import { rebuildRole } from '@unbroken/intake';
import { RebuildRefused, rebuild as rebuildDashboard } from '@unbroken/dashboard';
import { publishAgain, publishedMessages, recordedLog } from '@unbroken/ledger';
import type { CommonSettings } from '@unbroken/platform';

type Rebuild = (settings: CommonSettings, say: (line: string) => void) => Promise<void>;

const rebuilds: Readonly<Record<string, Rebuild>> = {
  dashboard: async (settings, say) => {
    const log = {
      published: () => publishedMessages(settings),
      publishAgain: (first: () => Promise<void>) => publishAgain(settings, first),
    };
    await rebuildDashboard(settings, log, say);
    say('Start the dashboard: it makes its picture again.');
  },
  alerts: (settings, say) => rebuildAlerts({ settings, log: recordedLog(settings), say }),
  sender: (settings, say) => rebuildRole('sender', { settings, log: recordedLog(settings), say }),
  courier: (settings, say) => rebuildRole('courier', { settings, log: recordedLog(settings), say }),
  receiver: (settings, say) => rebuildRole('receiver', { settings, log: recordedLog(settings), say }),
};

export const views = Object.keys(rebuilds);

/** @throws RebuildRefused, LedgerAtWork; a view of another name is refused with those there are */
export async function rebuildView(view: string, settings: CommonSettings, say: (line: string) => void): Promise<void> {
  const rebuild = rebuilds[view];
  if (rebuild === undefined)
    throw new RebuildRefused('view.unknown', `There is no view ${view}: name one of ${views.join(', ')}.`);
  await rebuild(settings, (line) => say(`${view}: ${line}`));
}
