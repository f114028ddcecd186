import { refusalOf } from '../fixture/refusal-of.js';
import { entriesPath, parseTilePath, tilePath } from './tile-path.js';

describe('paths', () => {
  it.each([
    ['tile/0/000', { kind: 'tile', level: 0, index: 0, width: 256 }],
    ['tile/0/001.p/5', { kind: 'tile', level: 0, index: 1, width: 5 }],
    ['tile/1/999', { kind: 'tile', level: 1, index: 999, width: 256 }],
    ['tile/2/x001/000.p/255', { kind: 'tile', level: 2, index: 1000, width: 255 }],
    // The specification's own example.
    ['tile/63/x001/x234/067', { kind: 'tile', level: 63, index: 1_234_067, width: 256 }],
    ['tile/0/x009/x007/x199/x254/x740/991', { kind: 'tile', level: 0, index: 9_007_199_254_740_991, width: 256 }],
    ['tile/entries/000.p/1', { kind: 'entries', index: 0, width: 1 }],
    ['tile/entries/x123/x456/078', { kind: 'entries', index: 123_456_078, width: 256 }],
  ] as const)('%s → read and written', (path, named) => {
    expect(parseTilePath(path)).toEqual(named);
    expect(named.kind === 'tile' ? tilePath(named) : entriesPath(named)).toBe(path);
  });

  it.each([
    '',
    'tile/0',
    'tile/0/',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/000\n',
    'tile/00/000',
    'tile/01/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/Entries/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/00a',
    'tile/0/x000',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/x001/x234',
    'tile/0/x01/234',
    'tile/0/000.p',
    'tile/0/000.p/',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/999',
    'tile/0/000.p/1.p/1',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
    'tile/entries',
    'tile/0/entries/000',
  ])('%j → refused', (path) => {
    expect(refusalOf(() => parseTilePath(path))).toBe('tile.path');
  });
});
