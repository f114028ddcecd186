// What holds of the fold as a whole.

import { asParty, enrolment, kidOf, RegistryStory, someHash } from './registry-story.js';

const post = asParty('post');
let s: RegistryStory;
beforeEach(() => (s = new RegistryStory()));
const keyOf = (name: string, size?: number) => s.registry.keyAt(kidOf(name), size);

it('a token folded in twice → changes nothing', () => {
  s.admitted('post');
  const token = s.record(s.sign('post', 'enrolled', enrolment('scanner')));
  s.registry.append(token);
  s.registry.append({ ...token, index: 40 });
  expect(s.registry.findingsOf(token.tid)).toEqual([]);
  expect(keyOf('scanner')?.enrolledAt).toBe(token.index);
});

it('asked with an earlier size → answers as it would have then, whatever was appended since', () => {
  s.admitted('post');
  s.enrolled('post', 'scanner');
  const size = s.registry.size;
  const ask = () => [keyOf('scanner', size), keyOf('late', size), s.registry.policies(post, size)];
  const then = ask();
  s.admit('post', ['auditor']);
  s.enrolled('post', 'late');
  s.tell('post', 'policed', { policy: someHash('policy') });
  expect(ask()).toEqual(then);
});
