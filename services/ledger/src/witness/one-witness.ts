// What the log knows of one witness: what it has cosigned last, whether it answers, and whether it contradicts us.

import { consistencyProof, formatCheckpoint, emptyRoot } from '@unbroken/tlog';
import type { NoteSignature, SignedNote } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { ReadNodes } from '@unbroken/tlog';
import { WitnessRefuses, askWitness } from './ask-witness.js';
import type { ListedWitness } from './witness-list.js';

/** A checkpoint that the log has signed, and its tree. */
export interface SignedTree {
  readonly note: SignedNote;
  readonly size: number;
  /** The nodes of the tree at this size. */
  readonly nodes: ReadNodes;
}

export class OneWitness {
  /** Size that it last cosigned, as far as is known. */
  #seen = 0;
  #failures = 0;
  #silence: string | undefined;
  #contradiction: string | undefined;
  #notBefore = 0;
  #asking = false;

  constructor(readonly listed: ListedWitness) {}

  /** Why it has not answered; undefined while it does. */
  get silence(): string | undefined {
    return this.#silence;
  }

  /** What it has seen that we do not extend; undefined while all is well. */
  get contradiction(): string | undefined {
    return this.#contradiction;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Neither being asked nor told to wait. `now` in milliseconds. */
  isFree(now: number): boolean {
    return !this.#asking && now >= this.#notBefore;
  }

  /**
   * Its cosignature; undefined where it does not answer, refuses, or has seen more than is shown. `newest` answers the size
   * that is signed now. Never throws for what the witness does.
   */
  async ask(tree: SignedTree, newest: () => Promise<number>, ending: AbortSignal): Promise<NoteSignature | undefined> {
    this.#asking = true;
    try {
      const signature = await this.#asked(tree, newest, ending);
      this.#failures = 0;
      this.#notBefore = 0;
      this.#silence = undefined;
      return signature;
    } catch (error) {
      this.#failed(error, tree);
      return undefined;
    } finally {
      this.#asking = false;
    }
  }

  async #asked(
    tree: SignedTree,
    newest: () => Promise<number>,
    ending: AbortSignal,
  ): Promise<NoteSignature | undefined> {
    const from = Math.min(this.#seen, tree.size);
    const first = await this.#shown(tree, from, ending);
    if (first.kind === 'cosigned') return this.#cosigned(first.signature, tree.size);
    if (first.size > tree.size) {
      this.#sawMore(first.size, tree, await newest());
      return undefined;
    }
    if (first.size === from && first.size === tree.size)
      throw new WitnessRefuses('it has cosigned another tree of this size');
    this.#seen = first.size;
    const second = await this.#shown(tree, first.size, ending);
    if (second.kind === 'cosigned') return this.#cosigned(second.signature, tree.size);
    if (second.size > tree.size) {
      this.#sawMore(second.size, tree, await newest());
      return undefined;
    }
    if (second.size === first.size) throw new WitnessRefuses('it has cosigned another tree of this size');
    // Somebody else was answered in between: the next question begins there.
    this.#seen = second.size;
    return undefined;
  }

  async #shown({ note, size, nodes }: SignedTree, oldSize: number, ending: AbortSignal) {
    const proof = await consistencyProof(oldSize, size, nodes, nodeSha256);
    return askWitness(this.listed, { oldSize, proof, note }, ending);
  }

  #cosigned(signature: NoteSignature, size: number): NoteSignature {
    this.#seen = Math.max(this.#seen, size);
    this.#contradiction = undefined;
    return signature;
  }

  /** While another process signs, what it shows may be behind: only what nobody has signed here is too much. */
  #sawMore(seen: number, { note }: SignedTree, signed: number): void {
    if (seen <= signed) {
      this.#seen = seen;
      return;
    }
    const origin = note.text.split('\n')[0] ?? '';
    this.#contradiction =
      `the witness ${this.listed.name} says it has cosigned ${seen} entries of ${origin}, and only ${signed} are signed here: ` +
      'database and state folder are older than what was signed. Put the newer ones back, or refill them with `unbroken recover`. ' +
      `If the witness is wrong, take it out of the file that UNBROKEN_WITNESSES names and start again`;
  }

  #failed(error: unknown, { note }: SignedTree): void {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof WitnessRefuses) {
      const origin = note.text.split('\n')[0] ?? '';
      this.#contradiction =
        `the witness ${this.listed.name} does not cosign ${origin}: ${why}. What is stored here may not be what was signed ` +
        'before: put a sound database back. If the witness is wrong, take it out of the file that UNBROKEN_WITNESSES names and start again';
    }
    this.#silence = why;
    this.#failures += 1;
  }

  /** Not to be asked again before then. */
  waitUntil(time: number): void {
    this.#notBefore = time;
  }
}

/** The text of a checkpoint of no entries: every log extends it, so that signing it binds the log to nothing. */
export const emptyCheckpoint = (origin: string): string => formatCheckpoint({ origin, size: 0, root: emptyRoot() });
