// The hub speaks to programs; these are its cures as somebody at the command reads them, by the code they belong to.

const cures: Readonly<Record<string, string>> = {
  'alert.unknown': 'Take the id from `unbroken alerts`: it is the last thing said of each alert.',
  'chain.unknown': 'Check the id. What was just signed is there within seconds; what was before `--fresh` is gone.',
  'chain.unopened': 'Send what registers it first, then sign this again.',
  'dispatch.unapproved':
    'Have a second person of yours run `unbroken approve SHIPMENT`, with a key enrolled for that person (`unbroken party enrol KEY --person …`) where the key that registered is enrolled for another; then release again. Where your policy names who may approve (`unbroken policy show`), it must be one of these. If it cannot wait: `unbroken approve SHIPMENT --break-glass WHY`.',
  'due.passed': 'Give a --due in the future, such as 2026-12-01.',
  'incident.unknown': 'Take the id from `unbroken incident list`; an incident is seen by the party whose it is (--as).',
  'party.not-admitted': 'Have the operator admit it; until then what it signs waits, up to 72 hours.',
  'party.unknown':
    'Check the spelling. Where the hub was emptied with --fresh, its parties come again: `unbroken party establish`, then `unbroken party enrol KEY` for each key.',
  'policy.form': 'Correct that member; `unbroken policy default` writes a document that is right, to compare with.',
  'policy.unknown': 'Publish it with `unbroken policy publish FILE`.',
  'shipment.form': 'Correct what is named: `unbroken register --help` shows the form.',
};

/** Events and claims of the protocol, as the command calls them. */
const words: Readonly<Record<string, string>> = {
  '`approved`': '`unbroken approve`',
  '`basis`': '--basis',
  '`policed`': '`unbroken policy publish`',
  '`voided`': '`unbroken void`',
};

/** The cure in the command's words: its own for this code, else the hub's with the protocol's words replaced. */
export const cureFor = (code: string, hubs: string): string =>
  cures[code] ?? hubs.replaceAll(/`[a-z]+`/g, (word) => words[word] ?? word);
