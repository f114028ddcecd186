import { refusalOf } from '../fixture/refusal-of.js';
import { origin, WitnessedLog } from '../fixture/witnessed-log.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { beginningProof, consistencyProof } from '../proofs/consistency-proof.js';
import { compareCheckpoints } from './split-view.js';

const house = new WitnessedLog('entry', 21);
const forked = new WitnessedLog('other', 21);
const at = (size: number, of = house): Checkpoint => ({ origin, size, root: of.root(size), extensions: [] });
const wholeProof = (from: number, to: number, of = house) => beginningProof(from, to, of.nodesAt(to));

describe('two checkpoints', () => {
  it('of one size → one root is consistent, two roots are a split view, no proof needed', () => {
    expect(compareCheckpoints(at(8), at(8), [])).toBe('consistent');
    expect(compareCheckpoints(at(8), at(8, forked), [])).toBe('split-view');
  });

  it.each([1, 2, 3, 4, 7, 8, 13, 16, 20])(
    'of %d and 21 → as the newer tree’s proof shows, either way round',
    async (size) => {
      const honest = await wholeProof(size, 21);
      expect(compareCheckpoints(at(size), at(21), honest)).toBe('consistent');
      expect(compareCheckpoints(at(21), at(size), honest)).toBe('consistent');
      expect(compareCheckpoints(at(size, forked), at(21), honest)).toBe('split-view');
      expect(compareCheckpoints(at(21), at(size, forked), honest)).toBe('split-view');
    },
  );

  it('a proof that is not the newer tree’s → shows nothing', async () => {
    const foreign = await wholeProof(13, 21, forked);
    expect(refusalOf(() => compareCheckpoints(at(13), at(21), foreign))).toBe('proof.root');
    expect(refusalOf(() => compareCheckpoints(at(13), at(21), []))).toBe('proof.too-short');
    const short = await consistencyProof(16, 21, house.nodesAt(21));
    expect(refusalOf(() => compareCheckpoints(at(16), at(21), short))).toBe('proof.too-short');
  });

  it('of the empty tree → consistent with every later one', () => {
    expect(compareCheckpoints(at(0), at(21), [])).toBe('consistent');
  });

  it('of two logs → not comparable', () => {
    expect(refusalOf(() => compareCheckpoints(at(8), { ...at(8), origin: 'elsewhere' }, []))).toBe('view.origins');
  });
});
