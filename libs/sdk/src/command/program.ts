// The unbroken command: its commands in the order a parcel meets them, and the options all of them share.

import { Command } from 'commander';
import type { AddCommand } from './add-command.js';
import { keyArgument, partyArgument, wholeArgument } from './arguments.js';
import { addAccept } from './commands/accept.js';
import { addAccess } from './commands/access.js';
import { addAlerts } from './commands/alerts.js';
import { addApprove } from './commands/approve.js';
import { addChain } from './commands/chain.js';
import { addChains } from './commands/chains.js';
import { addCodeConfirm } from './commands/code-confirm.js';
import { addCodeSend } from './commands/code-send.js';
import { addConfirm } from './commands/confirm.js';
import { addCorrect } from './commands/correct.js';
import { addDestroy } from './commands/destroy.js';
import { addExposure } from './commands/exposure.js';
import { addForget } from './commands/forget.js';
import { addFoundConfirm } from './commands/found-confirm.js';
import { addFoundErase } from './commands/found-erase.js';
import { addFoundList } from './commands/found-list.js';
import { addFoundTell } from './commands/found-tell.js';
import { addHold } from './commands/hold.js';
import { incidentActs } from './commands/incident-acts.js';
import { addIncidentCd } from './commands/incident-cd.js';
import { addIncidentDraft, addIncidentPhase, addIncidentRegister } from './commands/incident-draft.js';
import { addIncidentList, addIncidentOpen, addIncidentShow } from './commands/incident-open.js';
import { addEvidence } from './commands/evidence.js';
import { addInspect } from './commands/inspect.js';
import { addKeyReleased } from './commands/key-released.js';
import { addKeysList } from './commands/keys-list.js';
import { addKeysNew } from './commands/keys-new.js';
import { addAudit, addErase, addRebuild, addRecover } from './commands/operate.js';
import { addManifestAccept } from './commands/manifest-accept.js';
import { addManifestFilm } from './commands/manifest-film.js';
import { addManifestRelease } from './commands/manifest-release.js';
import { addOutbox } from './commands/outbox.js';
import { addPartyAdmit } from './commands/party-admit.js';
import { addPartyEnrol } from './commands/party-enrol.js';
import { addPartyEstablish } from './commands/party-establish.js';
import { addPartyMandate } from './commands/party-mandate.js';
import { addPartyRevoke } from './commands/party-revoke.js';
import { addPartyRoot } from './commands/party-root.js';
import { addPartyShow } from './commands/party-show.js';
import { addPartySite } from './commands/party-site.js';
import { addExtract } from './commands/extract.js';
import { addPolicyCheck } from './commands/policy-check.js';
import { addPolicyDefault } from './commands/policy-default.js';
import { addPolicyPublish } from './commands/policy-publish.js';
import { addPolicyShow } from './commands/policy-show.js';
import { addRedirect } from './commands/redirect.js';
import { addRefuse } from './commands/refuse.js';
import { addRegister } from './commands/register.js';
import { addRelease } from './commands/release.js';
import { addReport } from './commands/report.js';
import { addScan } from './commands/scan.js';
import { addSeal } from './commands/seal.js';
import { addSeen } from './commands/seen.js';
import { addSettle } from './commands/settle.js';
import { addSync } from './commands/sync.js';
import { addTrust } from './commands/trust.js';
import { addVerify } from './commands/verify.js';
import { addVerifyPromise } from './commands/verify-promise.js';
import { addVoid } from './commands/void.js';
import { addWithdraw } from './commands/withdraw.js';
import { addWitness } from './commands/witness.js';
import { exitCodesHelp } from './exit-codes.js';
import { DEFAULT_HUB } from './session.js';
import type { Surroundings } from './surroundings.js';
import { tellingUsage } from './told-usage.js';

const LONGEST_WAIT_S = 30;

const groups: Readonly<Record<string, { readonly about: string; readonly commands: readonly AddCommand[] }>> = {
  keys: { about: 'the private keys on this machine', commands: [addKeysNew, addKeysList] },
  party: {
    about: 'your organisation: its chain, keys and places',
    commands: [
      addPartyEstablish,
      addPartyEnrol,
      addPartyRevoke,
      addPartyRoot,
      addPartySite,
      addPartyMandate,
      addPartyAdmit,
      addPartyShow,
    ],
  },
  policy: {
    about: 'the rules your parcels go under',
    commands: [addPolicyDefault, addPolicyCheck, addPolicyPublish, addPolicyShow],
  },
  manifest: {
    about: 'many parcels in one gesture, by one signature',
    commands: [addManifestRelease, addManifestAccept, addManifestFilm],
  },
  code: { about: 'one-time codes of guests, who have no keys', commands: [addCodeSend, addCodeConfirm] },
  found: {
    about: 'what finders tell, and the finder desk that calls them back',
    commands: [addFoundTell, addFoundList, addFoundConfirm, addFoundErase],
  },
  incident: {
    about: 'your incidents: their clock, their file, the draft to the authority; and cd, a true story',
    commands: [
      addIncidentOpen,
      addIncidentList,
      addIncidentShow,
      addIncidentDraft,
      addIncidentPhase,
      ...incidentActs,
      addIncidentRegister,
      addIncidentCd,
    ],
  },
};

const commands: readonly AddCommand[] = [
  addRegister,
  addSeal,
  addExtract,
  addApprove,
  addRelease,
  addWithdraw,
  addAccept,
  addRefuse,
  addConfirm,
  addInspect,
  addHold,
  addReport,
  addRedirect,
  addWitness,
  addCorrect,
  addSettle,
  addDestroy,
  addKeyReleased,
  addVoid,
  addScan,
  addOutbox,
  addSync,
  addChain,
  addChains,
  addAlerts,
  addEvidence,
  addExposure,
  addSeen,
  addForget,
  addTrust,
  addVerify,
  addVerifyPromise,
  addAccess,
  addAudit,
  addRecover,
  addRebuild,
  addErase,
];

/** The command with all its subcommands; it throws CommanderError instead of ending the process. */
export function unbrokenProgram(around: Surroundings): Command {
  const program = withGlobalOptions(new Command('unbroken'))
    .description('Signed custody hand-offs: every one recorded, every misdelivery noticed.')
    .addHelpText('after', exitCodesHelp)
    .configureOutput({
      writeOut: (text) => around.out.write(text),
      writeErr: (text) => around.err.write(text),
    })
    .exitOverride();
  for (const [name, { about, commands: below }] of Object.entries(groups)) {
    const group = program.command(name).description(about);
    for (const add of below) add(group, around);
  }
  for (const add of commands) add(program, around);
  inherit(tellingUsage(program));
  return program;
}

const withGlobalOptions = (program: Command): Command =>
  program
    .option('--hub <url>', `address of the hub (UNBROKEN_HUB; else ${DEFAULT_HUB})`)
    .option('--home <dir>', 'where keys and salts are kept (UNBROKEN_HOME; else ~/.unbroken)')
    .option('--as <party>', 'the party that acts; needed where keys of several are kept', partyArgument)
    .option('--key <id>', 'the key that signs; needed where the party has several', keyArgument)
    .option('--json', 'write one JSON value to stdout and nothing else')
    .option('--wait <seconds>', 'how long to wait for the record; 0: not at all', wholeArgument(0, LONGEST_WAIT_S), 10);

/** Subcommands answer errors and --help as the program does. */
function inherit(command: Command): void {
  for (const below of command.commands) {
    tellingUsage(below.copyInheritedSettings(command)).configureHelp({ showGlobalOptions: true });
    inherit(below);
  }
}
