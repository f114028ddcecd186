// The closed set of reasons not to believe what a log, a witness or the bearer of a proof hands over. Whoever refuses
// says which rule was broken, so that a log's misconduct is never taken for a typing error, nor the other way round.

const cures = {
  'note.utf8': 'Send the note as UTF-8, with no half of a surrogate pair.',
  'note.control': 'A note has no ASCII control characters but newlines.',
  'note.form': 'A note is a text ending in a newline, an empty line, and signature lines.',
  'note.signature-line': 'A signature line is an em dash, a key name and canonical base64, joined by single spaces.',
  'note.signatures': 'Send at most 100 signatures with a note.',
  'note.unsigned': 'Have the note signed by a key that the reader trusts.',
  'note.signature': 'Sign the exact text of the note with the key that the signature line names.',
  'vkey.form': 'A verifier key is name+hash+key: a name without spaces, 8 hexadecimal digits, canonical base64.',
  'vkey.type': 'Use an Ed25519 key of type 0x01 (signature) or 0x04 (cosignature), 32 bytes.',
  'vkey.key-id': 'Compute the key id from name, type and public key; this one belongs to another key.',
  'checkpoint.form': 'A checkpoint is at least three lines, none of them empty.',
  'checkpoint.origin': 'The origin is one line that is not empty.',
  'checkpoint.size': 'The tree size is decimal, without leading zeros, and at most 2^53 - 1.',
  'checkpoint.root': 'The root is 32 bytes in canonical base64.',
  'checkpoint.extension': 'An extension is one line that is not empty.',
  'checkpoint.other-origin': 'Ask the log that is meant: this checkpoint is of another one.',
  'proof.index': 'Name an entry of the tree: an index below its size.',
  'proof.sizes': 'Name two tree sizes, the smaller one first.',
  'proof.hash-size': 'Every hash of a proof, leaf or root has 32 bytes.',
  'proof.too-short': 'Send every node of the proof, from the leaf up.',
  'proof.too-long': 'Send no more nodes than the proof has.',
  'proof.root':
    "The proof does not lead to the tree's root: entry, index, size, proof and root do not belong together.",
  'proof.old-root': "The proof does not lead to the older tree's root: the log has rewritten what it once signed.",
  'tree.edge': 'Store and restore the right edge whole: a size, and one hash for each of its binary ones.',
  'tree.nodes': 'Answer exactly the nodes that were asked for, each of 32 bytes, and ask only for complete ones.',
  'tile.path': 'Write tile/<level>/<index>[.p/<width>] or tile/entries/<index>[.p/<width>], without needless zeros.',
  'tile.length': 'A tile has 32 bytes for each hash of its width.',
  'bundle.length': 'A bundle has exactly as many length-prefixed entries as its width, and nothing after them.',
  'bundle.entry-size': 'An entry has at most 65535 bytes.',
  'request.form': 'Send an old size line, proof lines, an empty line and the checkpoint.',
  'request.old-size': 'The first line is "old " and a decimal size, at most that of the checkpoint.',
  'request.proof': 'Send at most 63 proof lines, each of 32 bytes in canonical base64.',
  'view.origins': 'Compare checkpoints of one log.',
  'tlog-proof.form': 'A proof is its header lines, an empty line and the checkpoint.',
  'tlog-proof.header': 'The first line is c2sp.org/tlog-proof@v1.',
  'tlog-proof.extra': 'Extra data is canonical base64; leave the line out when there is none.',
  'tlog-proof.index': 'The index line is "index " and a decimal number without leading zeros.',
  'tlog-proof.hash': 'Send at most 63 hashes, each of 32 bytes in canonical base64, one a line.',
  'policy.witness': 'List each witness once, by the name in its cosignature key, with a key of its own.',
  'policy.quorum': 'The quorum is a whole number, at most that of the witnesses.',
  'trust.origin': "Trust this log's key for this origin, or take a proof from a log that is trusted.",
  'trust.log': 'Have the checkpoint signed by the key that is trusted for its origin.',
  'trust.quorum': 'Wait until enough witnesses have cosigned, then fetch the proof again.',
} as const;

/** Why something was refused. Stable: these go to alerts and to other people's programs. */
export type TlogRefusalCode = keyof typeof cures;

/** Every {@link TlogRefusalCode}. */
export const tlogRefusalCodes: readonly TlogRefusalCode[] = Object.freeze(Object.keys(cures) as TlogRefusalCode[]);

/** Something a log or witness said that is not accepted: `message` says what is wrong, `cure` what to do about it. */
export class TlogRefused extends Error {
  readonly code: TlogRefusalCode;
  readonly cure: string;

  constructor(code: TlogRefusalCode, what: string) {
    super(what);
    this.name = 'TlogRefused';
    this.code = code;
    this.cure = cures[code];
  }
}
