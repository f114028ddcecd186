export { TlogRefused, tlogRefusalCodes, type TlogRefusalCode } from './refused.js';
export { sha256, type Sha256 } from './sha256.js';

export { emptyRoot, hashBytes, leafHash, nodeHash, sameHash } from './merkle/merkle-hash.js';
export { perfectNodes, rangeHashes, type LeafRange, type ReadNodes, type TreeNode } from './merkle/subtrees.js';
export {
  decodeRightEdge,
  emptyEdge,
  encodeRightEdge,
  readRightEdge,
  rootOf,
  type RightEdge,
} from './merkle/right-edge.js';
export { grownNodes } from './merkle/grown-nodes.js';
export { grow, type Growth, type TileExtension } from './merkle/grow.js';

export { readTileHashes, tileHeight, tilesOfGrowth, tileWidth, widthIn, type Tile } from './tiles/tile.js';
export { entriesPath, parseTilePath, tilePath, type TilePath } from './tiles/tile-path.js';
export { encodeEntries, parseEntries } from './tiles/entry-bundle.js';
export { nodesFromTiles, type ReadTile } from './tiles/tile-reader.js';

export {
  formatNote,
  formatSignatureLine,
  parseNote,
  parseSignatureLines,
  withSignatures,
  type NoteSignature,
  type SignedNote,
} from './notes/signed-note.js';
export { formatVkey, parseVkey, verifierKey, type SignatureType, type VerifierKey } from './notes/verifier-key.js';
export { cosign, signNote, verifySignature, type NoteSigner, type VerifiedSignature } from './notes/note-signature.js';
export { openNote } from './notes/open-note.js';
export { formatCheckpoint, openCheckpoint, parseCheckpoint, type Checkpoint } from './notes/checkpoint.js';

export { inclusionProof, verifyInclusion, type InclusionClaim, type InclusionProof } from './proofs/inclusion-proof.js';
export {
  beginningOf,
  beginningProof,
  consistencyProof,
  verifyConsistency,
  type ConsistencyProof,
  type TreeHead,
} from './proofs/consistency-proof.js';
export { readTrustPolicy, type TrustPolicy, type Witness, type WrittenPolicy } from './proofs/trust-policy.js';
export { weighCheckpoint, type Cosigned, type WeighedCheckpoint } from './proofs/weigh-checkpoint.js';
export { formatTlogProof, parseTlogProof, type TlogProof } from './proofs/tlog-proof.js';
export { verifyTlogProof } from './proofs/verify-tlog-proof.js';

export {
  formatAddCheckpoint,
  formatLastSize,
  parseAddCheckpoint,
  parseLastSize,
  tlogSizeType,
  type AddCheckpoint,
  type Submission,
} from './witness/add-checkpoint.js';
export {
  admitSubmission,
  judgeSubmission,
  type WitnessConflict,
  type WitnessCosigns,
  type WitnessRefusal,
} from './witness/judge-submission.js';
export { compareCheckpoints } from './witness/split-view.js';
