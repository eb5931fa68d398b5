/** Talking to the company's provider (OpenID Connect Core 1.0; PKCE: RFC 7636). Nothing is believed that it did not sign. */
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
} from 'openid-client';
import type { Config } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';

/** What is asked, and checked when the answer comes. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  /** PKCE. */
  readonly verifier: string;
  /** Where the provider sends the browser back to. */
  readonly back: string;
}

/** What the provider vouches for. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  /** It says that it asked for a second factor. */
  readonly twoFactors: boolean;
  /** The address, where the provider says that it is verified; null otherwise. */
  email(): Promise<string | null>;
}

const TIMEOUT_SECONDS = 10;
const KEPT_MS = 3_600_000;
/** What the library says of a provider that is away or out of order. */
const AWAY = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_PARSE_ERROR',
]);

interface Known {
  readonly provider: Configuration;
  readonly at: number;
}
/** What providers say about themselves, asked for when somebody first signs in and kept for an hour. */
const discovered = new WeakMap<Config, Known>();

export function openidConfigured({ config }: Ctx): boolean {
  return config.openidIssuer !== null;
}

/** Where to send the browser. Throws `sign_in_unavailable`. */
export async function authorizationUrl(ctx: Ctx, { state, nonce, verifier, back }: Checks): Promise<URL> {
  const provider = await discover(ctx);
  return buildAuthorizationUrl(provider, {
    redirect_uri: back,
    scope: 'openid email',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
}

/**
 * Takes the answer to the provider and reads what it vouches for.
 * @param answer the query with which the browser came back
 * Throws `sign_in_unavailable`, `sign_in_refused`.
 */
export async function exchange(ctx: Ctx, checks: Checks, answer: string): Promise<Vouched> {
  const provider = await discover(ctx);
  const tokens = await authorizationCodeGrant(provider, new URL(checks.back + answer), {
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    pkceCodeVerifier: checks.verifier,
    idTokenExpected: true,
  }).catch((error: unknown) => fail(ctx, error));
  const claims = tokens.claims();
  const { issuer } = provider.serverMetadata();
  // A provider of many companies that answers for any of them would let in people of another one.
  if (claims === undefined || claims.iss !== issuer) throw openidRefused();
  return {
    issuer,
    subject: claims.sub,
    twoFactors: saysTwoFactors(claims, ctx.config.openidTwoFactors),
    async email() {
      const own = verifiedEmail(claims);
      if (own !== null || provider.serverMetadata().userinfo_endpoint === undefined) return own;
      const more = await fetchUserInfo(provider, tokens.access_token, claims.sub).catch((error: unknown) =>
        fail(ctx, error),
      );
      return verifiedEmail(more);
    },
  };
}

async function discover(ctx: Ctx): Promise<Configuration> {
  const { config, clock } = ctx;
  const { openidIssuer, openidClientId, openidClientSecret } = config;
  if (openidIssuer === null || openidClientId === null || openidClientSecret === null)
    throw new BaileeError('not_found', 'This installation has no sign-in of the company.');
  const known = discovered.get(config);
  if (known !== undefined && clock.now() - known.at < KEPT_MS) return known.provider;
  const issuer = new URL(openidIssuer);
  const provider = await discovery(issuer, openidClientId, undefined, clientAuth(openidClientSecret), {
    timeout: TIMEOUT_SECONDS,
    // Configuration takes http for this machine alone.
    execute: [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])],
  }).catch((error: unknown) => {
    throw away(ctx, error);
  });
  discovered.set(config, { provider, at: clock.now() });
  return provider;
}

/** As the provider takes it; by the standard, basic authentication where it says nothing. */
function clientAuth(secret: string): ClientAuth {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const auth = taken.includes('client_secret_basic') ? basic : post;
    auth(server, client, body, headers);
  };
}

interface Claims {
  readonly [claim: string]: unknown;
}

function saysTwoFactors({ amr, acr }: Claims, counting: readonly string[]): boolean {
  const said: unknown[] = [...(Array.isArray(amr) ? amr : []), acr];
  return said.some((each) => typeof each === 'string' && counting.includes(each));
}

function verifiedEmail({ email, email_verified }: Claims): string | null {
  return typeof email === 'string' && email_verified === true ? email : null;
}

/** Away, or no. */
function fail(ctx: Ctx, error: unknown): never {
  const { code } = error as { readonly code?: unknown };
  const network = error instanceof TypeError && code === undefined;
  const broken =
    error instanceof ResponseBodyError && (error.status >= 500 || error.error === 'invalid_client');
  if (network || broken || (typeof code === 'string' && AWAY.has(code))) throw away(ctx, error);
  if (!(error instanceof AuthorizationResponseError))
    ctx.log.warn({ why: why(error) }, 'a sign-in did not hold');
  throw openidRefused();
}

function away(ctx: Ctx, error: unknown): BaileeError {
  ctx.log.warn({ why: why(error) }, 'the provider of sign-in does not answer as it should');
  return new BaileeError(
    'sign_in_unavailable',
    "The company's own sign-in does not answer. Sign in another way, or try again.",
  );
}

/** Names of the library alone: its errors carry what the provider sent. */
function why(error: unknown): string {
  const { code, name, error: told } = error as { code?: unknown; name?: unknown; error?: unknown };
  const known = [told, code, name].find((each) => typeof each === 'string' && /^\w{1,60}$/.test(each));
  return String(known ?? 'unknown');
}

export function openidRefused(): BaileeError {
  return new BaileeError(
    'sign_in_refused',
    "The company's own sign-in did not let you in here. Try again, or ask an administrator.",
  );
}
