import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { CLIENT, type TestProvider, testProvider } from '../kit/provider.ts';
import { type TestServer, testServer } from '../kit/server.ts';
import { Browser, type Joined, joined } from '../kit/staff.ts';

const BACK = 'http://localhost:4000/api/session/openid/callback';

let made: TestGate;
let provider: TestProvider;
let ana: Joined;
const serverFor = (openidIssuer: string): Promise<TestServer> => {
  const settings = { openidIssuer, openidClientId: CLIENT.id, openidClientSecret: CLIENT.secret };
  return testServer({ ...made, config: { ...made.config, ...settings } });
};
beforeAll(async () => {
  made = await testGate();
  provider = await testProvider(BACK);
  ana = await joined(made, (await testStore(made)).id, ['support']);
});

describe('the company’s provider', () => {
  it('signs for this client alone: a token for another one, or of another issuer, opens nothing', async () => {
    const one = await serverFor(provider.issuer);
    const signIn = async () => {
      const browser = new Browser(one.server);
      provider.account = { sub: 'ana', email: ana.email, email_verified: true, amr: ['pwd', 'mfa'] };
      const begun = await browser.get('/api/session/openid/begin');
      const { pathname, search } = await provider.visit(begun.headers.location!);
      return (await browser.get(pathname + search)).statusCode;
    };
    const forged: Record<string, unknown>[] = [
      { aud: 'another-client' },
      { aud: ['another-client', 'and-another'] },
      { iss: 'https://evil.example' },
      { iss: `${provider.issuer}/` },
    ];
    for (const change of forged) {
      provider.forge = (claims) => ({ ...claims, ...change });
      expect({ change, status: await signIn() }).toEqual({ change, status: 401 });
    }
    provider.forge = (claims) => ({ ...claims });
    expect(await signIn()).toBe(303);
  });

  it('is the one that is configured: what calls itself by another name is not asked', async () => {
    const stranger = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/auth`,
          token_endpoint: `${provider.issuer}/token`,
          jwks_uri: `${provider.issuer}/jwks`,
        }),
      );
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    afterAll(() => stranger.close());
    const { port } = stranger.address() as AddressInfo;
    const one = await serverFor(`http://127.0.0.1:${port}`);
    const answer = await new Browser(one.server).get('/api/session/openid/begin');
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});
