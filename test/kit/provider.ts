/// <reference path="./oidc-provider.d.ts" />
/** The company's own sign-in: a real OpenID provider on a real socket, with people whose answers a test chooses. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { closeAfterFile } from './closing.ts';

export const CLIENT = { id: 'bailee', secret: 'a secret of the test alone' } as const;

/** Who sits at the provider's page. */
export interface Account {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly amr?: readonly string[];
  readonly acr?: string;
}

export interface TestProvider {
  readonly issuer: string;
  account: Account;
  /** Changes what the ID token says before it is signed anew; null leaves it as it is. */
  forge: ((claims: Record<string, unknown>) => Record<string, unknown>) | null;
  /** Signs with a key that is not the provider's. */
  foreignKey: boolean;
  readonly stop: () => Promise<void>;
  /** Follows the redirects of a sign-in as a browser does; answers the address that leads back to Bailee. */
  visit(url: string): Promise<URL>;
}

async function privateKey(): Promise<JWK> {
  const { privateKey: key } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(key)), kid: 'one', alg: 'RS256', use: 'sig' };
}

/** Closed after the test file. */
export async function testProvider(
  back: string,
  { inIdToken = true, port = 0 }: { readonly inIdToken?: boolean; readonly port?: number } = {},
): Promise<TestProvider> {
  const http = createServer().listen(port, '127.0.0.1');
  await once(http, 'listening');
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const [key, foreign] = await Promise.all([privateKey(), privateKey()]);
  const state: TestProvider = {
    issuer,
    account: { sub: 'nobody' },
    forge: null,
    foreignKey: false,
    stop: () => stop(http),
    visit: (url) => visit(url, back),
  };
  const provider = makeProvider({ issuer, back, key, inIdToken, account: () => state.account });
  provider.use(async (context, next) => {
    await next();
    const answer = context.body as { id_token?: string } | undefined;
    if (context.oidc?.route !== 'token' || answer?.id_token === undefined) return;
    if (state.forge === null && !state.foreignKey) return;
    const claims = decodeJwt(answer.id_token);
    answer.id_token = await new SignJWT(state.forge?.(claims) ?? claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(await importJWK(state.foreignKey ? foreign : key, 'RS256'));
  });
  const answer = provider.callback();
  http.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    const { sub, amr, acr } = state.account;
    const login = {
      accountId: sub,
      ...(amr === undefined ? {} : { amr }),
      ...(acr === undefined ? {} : { acr }),
    };
    void provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  });
  closeAfterFile(() => stop(http));
  return state;
}

interface Making {
  readonly issuer: string;
  readonly back: string;
  readonly key: JWK;
  readonly inIdToken: boolean;
  readonly account: () => Account;
}

function makeProvider({ issuer, back, key, inIdToken, account }: Making): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [back],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['of the test alone'] },
    claims: { openid: ['sub', 'amr', 'acr'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: !inIdToken,
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: async (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => {
        const { email, email_verified } = account();
        return { sub: id, email, email_verified };
      },
    }),
    async loadExistingGrant({ oidc }: { oidc: NonNullable<import('oidc-provider').KoaContext['oidc']> }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
}

async function visit(start: string, back: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  for (let hop = 0; hop < 10; hop += 1) {
    if (url.href.startsWith(back)) return url;
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`The provider answered ${answer.status} instead of leading on.`);
    url = new URL(location, url);
  }
  throw new Error('The provider led nowhere.');
}

async function stop(http: Server): Promise<void> {
  http.closeAllConnections();
  if (http.listening) await new Promise((resolve) => http.close(resolve));
}
