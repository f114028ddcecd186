import { AnsweringHub, problem, recording } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { HubProblem, HubUnreachable } from './hub-errors.js';
import { UnbrokenClient } from './unbroken-client.js';

let hub: AnsweringHub;

async function clientOf(answers: Record<string, Answer | ((asked: Asked) => Answer)>): Promise<UnbrokenClient> {
  hub = new AnsweringHub(answers);
  return new UnbrokenClient({ url: `${await hub.listen()}/` });
}

afterEach(async () => hub.close());

const posts = 'POST /courier/v1/tokens';

describe('a program talks to the hub', () => {
  it('tokens with a wait and a clock → both are told', async () => {
    const client = await clientOf({ [posts]: recording() });
    await client.postTokens('courier', ['a.b.c'], { wait: 5, clock: 17.5 });
    expect(hub.asked).toMatchObject([{ prefer: 'wait=5, return=minimal', body: '{"tokens":["a.b.c"],"clock":17.5}' }]);
  });

  it('tokens without either → neither is told', async () => {
    const client = await clientOf({ [posts]: recording() });
    await client.postTokens('courier', ['a.b.c']);
    expect(hub.asked[0]).toEqual({
      method: 'POST',
      path: '/courier/v1/tokens',
      prefer: undefined,
      body: '{"tokens":["a.b.c"]}',
    });
  });

  it('a filter that is left out → is not in the query', async () => {
    const answer = { status: 200, body: { alerts: [], cursor: null } };
    const client = await clientOf({ 'GET /alerts/v1/alerts?state=open&limit=5': answer });
    expect(await client.alerts({ state: 'open', limit: 5 })).toEqual({ alerts: [], cursor: null });
  });

  it('the hub says no → code, pointer and cure reach the caller', async () => {
    const refusal = { ...problem(409, 'alert.state', 'It is resolved.', 'Leave it.') };
    const client = await clientOf({
      'POST /alerts/v1/alerts/x/resolve': { ...refusal, body: { ...(refusal.body as object), pointer: '/reason' } },
    });
    const asked = client.resolve('x', { by: 'danish-post', reason: 'done' });
    await expect(asked).rejects.toBeInstanceOf(HubProblem);
    await expect(asked).rejects.toMatchObject({
      status: 409,
      code: 'alert.state',
      message: 'It is resolved.',
      pointer: '/reason',
      cure: 'Leave it.',
    });
  });

  it('a batch of one is refused → the reason is that token’s own', async () => {
    const batch = problem(422, 'tokens.refused', 'None was accepted.').body as object;
    const own = problem(422, 'dispatch.unencrypted', 'It must be encrypted.', 'Encrypt it.').body;
    const client = await clientOf({ [posts]: { status: 422, body: { ...batch, errors: [own] } } });
    await expect(client.postTokens('courier', ['a.b.c'])).rejects.toMatchObject({
      code: 'dispatch.unencrypted',
      cure: 'Encrypt it.',
    });
  });

  it('a batch of two is refused → the reason is the batch’s', async () => {
    const batch = problem(422, 'tokens.refused', 'None was accepted.').body as object;
    const own = problem(422, 'token.parts', 'Not three parts.').body;
    const client = await clientOf({ [posts]: { status: 422, body: { ...batch, errors: [own, own] } } });
    await expect(client.postTokens('courier', ['a', 'b'])).rejects.toMatchObject({ code: 'tokens.refused' });
  });

  it('nobody listens → HubUnreachable, with the cure', async () => {
    const client = await clientOf({});
    await hub.close();
    await expect(client.trust()).rejects.toMatchObject({
      name: 'HubUnreachable',
      cure: expect.stringContaining('npm run up') as string,
    });
  });

  it.each([
    ['a page of something else', { status: 200, body: '<html></html>' }],
    ['an answer of another form', { status: 200, body: { deployment: 5 } }],
    ['an error without a reason', { status: 502, body: { message: 'Bad gateway' } }],
  ])('%s → HubUnreachable: it is no hub of this version', async (_, answer) => {
    const client = await clientOf({ 'GET /ledger/v1/trust': answer });
    await expect(client.trust()).rejects.toBeInstanceOf(HubUnreachable);
  });

  it('an id with a slash → stays one part of the path', async () => {
    const client = await clientOf({ 'GET /ledger/v1/tokens/a%2Fb': problem(404, 'token.unknown', 'Unknown.') });
    await expect(client.token('a/b')).rejects.toMatchObject({ code: 'token.unknown' });
  });
});
