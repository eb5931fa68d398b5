/**
 * Who may call what: one row for each route of `/openapi.json`. Everyone who is not named is refused.
 * `test/journeys/access.test.ts` calls each route as each caller, and fails on a route without a row.
 */
import { ROLES, type Role } from '../../contract/names.ts';

/** `key:` an API key of a role, `person:` somebody signed in and acting in a role. */
export type Caller = 'nobody' | 'browser' | 'server' | 'operator' | `key:${Role}` | `person:${Role}`;

const keys = (...roles: Role[]): Caller[] => roles.map((role): Caller => `key:${role}`);
const people = (...roles: Role[]): Caller[] => roles.map((role): Caller => `person:${role}`);
const roles = (...of: Role[]): Caller[] => [...keys(...of), ...people(...of)];

export const CALLERS: readonly Caller[] = ['nobody', 'browser', 'server', 'operator', ...roles(...ROLES)];

const everyone = CALLERS;
const shopPages: Caller[] = ['browser', 'server'];
const shopServer: Caller[] = ['server'];
const anyRole = roles(...ROLES);
const anyPerson = people(...ROLES);
/** Serve customers: they open for a case or an order. */
const openers = roles('support', 'order-desk', 'privacy-officer');
const serving = people('support', 'order-desk', 'privacy-officer');
const officer = roles('privacy-officer');
const keepers = roles('privacy-officer', 'administrator');
const administrators = roles('administrator');
const requestReaders = roles('support', 'order-desk', 'privacy-officer', 'auditor');
const auditors = roles('auditor', 'privacy-officer');
const makers = roles('analyst', 'privacy-officer');
/** Give and take rights: people alone, since a key answers for nothing. */
const managers = people('administrator');
const reviewers = people('administrator', 'privacy-officer');
const overseers = people('administrator', 'privacy-officer', 'security', 'auditor');
/** See what all people of the store did. */
const watchers = people('privacy-officer', 'security');
/** A customer signed in at the privacy center, and nobody of the shop: `test/journeys/center.test.ts` goes in. */
const customerAlone: Caller[] = [];

export const ACCESS: Readonly<Record<string, readonly Caller[]>> = {
  // Public: nothing in it is about a person, or the link is its own proof.
  'GET /': everyone,
  'GET /openapi.json': everyone,
  'GET /health': everyone,
  'GET /ready': everyone,
  'GET /.well-known/gpc.json': everyone,
  'GET /schemas/access-package.json': everyone,
  'GET /schemas/consent-receipt.json': everyone,
  'GET /sdk/bailee.js': everyone,
  'GET /sdk/browser.mjs': everyone,
  'GET /sdk/iab.js': everyone,
  'GET /ledger/checkpoint': everyone,
  'GET /ledger/tile/{path}': everyone,
  'GET /ledger/keys': everyone,
  'GET /shop': everyone,
  'GET /shop/{path}': everyone,
  'GET /shop/assets/shop.js': everyone,
  'GET /shop/assets/shop.css': everyone,
  'GET /console': everyone,
  'GET /console/{path}': everyone,
  'GET /console/assets/{name}': everyone,
  'GET /privacy': everyone,
  'GET /privacy/{path}': everyone,
  'GET /privacy/assets/{name}': everyone,
  'GET /privacy/look.css': everyone,
  'POST /shop/checkout': everyone,
  'GET /v1/unsubscribe/{path}': everyone,
  'POST /v1/unsubscribe/{path}': everyone,
  'GET /v1/consent/confirm/{path}': everyone,
  'POST /v1/consent/confirm/{path}': everyone,
  // Signed by whoever sends; no key.
  'POST /v1/shopify/webhooks': everyone,
  'POST /v1/acknowledgements/{id}': everyone,

  // Collecting and choices: by write key alone.
  'POST /v1/batch': shopPages,
  'POST /v1/b': shopPages,
  'POST /v1/identify': shopPages,
  'POST /v1/i': shopPages,
  'POST /v1/track': shopPages,
  'POST /v1/t': shopPages,
  'POST /v1/page': shopPages,
  'POST /v1/p': shopPages,
  'POST /v1/screen': shopPages,
  'POST /v1/s': shopPages,
  'POST /v1/group': shopPages,
  'POST /v1/g': shopPages,
  'POST /v1/alias': shopPages,
  'POST /v1/a': shopPages,
  'GET /v1/projects/{writeKey}/settings': ['browser'],
  'GET /v1/consent/notice': shopPages,
  'GET /v1/consent/choices': shopPages,
  'POST /v1/consent/choices': shopPages,
  'POST /v1/requests': shopPages,
  'GET /v1/requests': shopPages,
  'POST /v1/requests/{id}/withdraw': shopPages,
  'GET /v1/consent/signals': shopPages,
  'POST /v1/consent/mail-headers': shopServer,
  'POST /v1/consent/unsubscribes': shopPages,

  // The privacy center: its page names the store by the browser key; the rest is behind a customer's own session.
  'GET /v1/center': ['browser'],
  'POST /v1/center/code': ['browser'],
  'POST /v1/center/session': ['browser'],
  'GET /v1/center/session': customerAlone,
  'POST /v1/center/session/end': customerAlone,
  'GET /v1/center/held': customerAlone,
  'GET /v1/center/orders': customerAlone,
  'GET /v1/center/cases': customerAlone,
  'GET /v1/center/events': customerAlone,
  'GET /v1/center/looks': customerAlone,
  'GET /v1/center/choices': customerAlone,
  'POST /v1/center/choices': customerAlone,
  'GET /v1/center/choices/{id}/receipt': customerAlone,
  'POST /v1/center/tags/delete': customerAlone,
  'POST /v1/center/tags/{id}/delete': customerAlone,
  'POST /v1/center/correct': customerAlone,
  'POST /v1/center/download': customerAlone,
  'GET /v1/center/erase': customerAlone,
  'POST /v1/center/erase': customerAlone,
  'GET /v1/center/requests': customerAlone,
  'POST /v1/center/requests': customerAlone,
  'POST /v1/center/requests/{id}/withdraw': customerAlone,

  // Customers, for customer service with a case of theirs.
  'POST /api/decide': anyRole,
  'POST /api/customers/find': openers,
  'POST /api/customers/{id}/open': openers,
  'POST /api/customers/{id}/timeline': openers,
  'POST /api/customers/{id}/package': officer,
  'POST /api/customers/{id}/erase': [...officer, 'operator'],
  'POST /api/suppressions/lift': [...officer, 'server'],

  // Cases: those who serve customers; what is written in one has a person who answers for it.
  'GET /api/requests': requestReaders,
  'GET /api/requests/summary': requestReaders,
  'GET /api/requests/deadline': anyRole,
  'GET /api/requests/{id}': requestReaders,
  'POST /api/requests': openers,
  'POST /api/requests/{id}': openers,
  'GET /api/reports/processing': auditors,
  'GET /api/reports/requests': auditors,
  'GET /api/reports/retention': auditors,
  'GET /api/reports/consent': auditors,
  'GET /api/reports/{report}/pdf': auditors,
  'GET /api/cases': openers,
  'GET /api/cases/summary': openers,
  'GET /api/cases/satisfaction': openers,
  'POST /api/cases': openers,
  'POST /api/cases/find': openers,
  'POST /api/cases/{id}/read': openers,
  // Of a file there is no masked form: whoever sees texts masked is refused for one that is there.
  'POST /api/cases/{id}/attachments/{attachment}': openers,
  'POST /api/cases/{id}/messages': serving,
  'POST /api/cases/{id}/satisfaction': serving,
  'POST /api/cases/{id}': serving,
  'GET /api/cases/canned': openers,
  'POST /api/cases/canned': serving,
  'POST /api/cases/canned/{id}/remove': serving,

  // One page of a customer, who looked, and tags.
  'POST /api/customers/{id}/profile': openers,
  'POST /api/customers/{id}/looked': [...openers, ...roles('security', 'auditor')],
  'POST /api/customers/{id}/verify-caller': openers,
  'POST /api/customers/{id}/verify-caller/{check}/answer': openers,
  'GET /api/tags': anyRole,
  'POST /api/tags': officer,
  'POST /api/customers/{id}/tags': openers,
  'POST /api/customers/{id}/tags/{tag}/remove': openers,
  'POST /api/tags/{id}/retire': officer,

  // Upkeep.
  'GET /api/quarantine': keepers,
  'POST /api/quarantine/replay': keepers,
  'GET /api/undeclared': keepers,
  'GET /api/retention/schedule': [...keepers, ...roles('auditor')],
  'GET /api/retention/calendar': [...keepers, ...roles('auditor')],
  'GET /api/retention/dry-run': [...keepers, ...roles('auditor')],
  'GET /api/retention/runs': [...keepers, ...roles('auditor')],
  'GET /api/retention/holds': [...keepers, ...roles('auditor')],
  'GET /api/retention/warnings': officer,
  'POST /api/retention/warnings/{customer}/told': officer,
  'GET /api/ledger/entries/{index}': auditors,
  'GET /api/catalog': roles('privacy-officer', 'administrator', 'auditor', 'security'),
  // Counts of people who chose, and no id.
  'GET /api/consent/rates': roles('privacy-officer', 'marketing', 'analyst'),
  'GET /api/notices': [...keepers, ...roles('auditor')],
  'GET /api/notices/{version}/{language}': [...keepers, ...roles('auditor')],
  'PUT /api/notices': [...keepers, 'operator'],
  'POST /api/notices': [...keepers, 'operator'],
  'PUT /api/consent/settings': [...keepers, 'operator'],
  'POST /api/consent/settings': [...keepers, 'operator'],
  'POST /api/consent/secrets': [...keepers, 'operator'],
  'POST /api/imports': [...administrators, 'operator'],
  'POST /api/imports/{id}/rows': [...administrators, 'operator'],
  'POST /api/imports/{id}/finish': [...administrators, 'operator'],
  'POST /api/imports/consents': [...administrators, 'operator'],
  'GET /metrics': [...keys('administrator'), 'operator'],

  // The command line on the machine of the server.
  'POST /api/operator/stores': ['operator'],
  'POST /api/operator/keys': ['operator'],
  'POST /api/operator/staff': ['operator'],
  'POST /api/operator/reports/orders': [...administrators, 'operator'],

  // Parties outside.
  'GET /api/shopify': administrators,
  'PUT /api/shopify': administrators,
  'POST /api/shopify/redactions/{id}': administrators,
  'GET /api/recipients': [...keepers, ...roles('auditor')],
  'POST /api/recipients': keepers,
  'POST /api/recipients/{id}/remove': keepers,
  'POST /api/recipients/{id}/pseudonyms': keepers,
  'GET /api/requests/{id}/recipients': auditors,
  'GET /api/erasures/{id}/recipients': auditors,
  'GET /api/drp': [...keepers, ...roles('auditor')],
  'PUT /api/drp': administrators,
  'POST /api/drp/agents': administrators,
  'POST /api/drp/agents/{id}/remove': administrators,
  // Agents present a token of their own.
  'POST /v1/drp/v1/agent/{agent}': [],
  'GET /v1/drp/v1/agent/{agent}': [],
  'POST /v1/drp/v1/data-rights-request': [],
  'GET /v1/drp/v1/data-rights-request/{id}': [],
  'DELETE /v1/drp/v1/data-rights-request/{id}': [],

  // Releases: figures about nobody.
  'POST /api/releases': makers,
  'GET /api/releases': anyRole,
  'GET /api/releases/{id}': makers,
  'GET /api/releases/budgets': makers,
  'POST /api/releases/budgets': officer,

  // Conditions of people: for people alone, since a key answers for nothing.
  'POST /api/approvals': people('privacy-officer'),
  'GET /api/approvals': anyPerson,
  'GET /api/approvals/{id}/reason': watchers,
  'POST /api/approvals/{id}/decide': watchers,
  'POST /api/break-glass': people('support', 'order-desk', 'privacy-officer'),
  'GET /api/break-glass': anyPerson,
  // Support broke it.
  'GET /api/break-glass/{id}/reason': [...watchers, ...people('support')],
  'POST /api/break-glass/{id}/review': watchers,
  'GET /api/alerts': watchers,
  'POST /api/alerts/{id}/seen': watchers,
  'GET /api/known': anyPerson,
  'POST /api/known': anyPerson,
  'GET /api/training': anyPerson,
  'GET /api/training/{course}': anyPerson,
  'POST /api/training/{course}/answers': anyPerson,

  // Signing in: before anybody is known. The demo's people are shown on the demo's machine alone.
  'POST /api/session': everyone,
  'POST /api/session/code': everyone,
  'POST /api/invitation': everyone,
  'POST /api/invitation/accept': everyone,
  'GET /api/demo/staff': everyone,
  'GET /api/session/ways': everyone,
  'POST /api/session/passkey/begin': everyone,
  'POST /api/session/passkey/finish': everyone,
  'GET /api/session/openid/begin': everyone,
  'GET /api/session/openid/callback': everyone,

  // One's own session and account.
  'GET /api/session': anyPerson,
  'POST /api/session/role': anyPerson,
  'POST /api/session/language': anyPerson,
  'POST /api/session/step-up': anyPerson,
  'POST /api/session/password': anyPerson,
  'GET /api/session/list': anyPerson,
  'POST /api/session/list/{id}/end': anyPerson,
  'GET /api/session/passkeys': anyPerson,
  'POST /api/session/passkeys/begin': anyPerson,
  'POST /api/session/passkeys/finish': anyPerson,
  'POST /api/session/passkeys/{id}/remove': anyPerson,
  'POST /api/session/step-up/passkey/begin': anyPerson,
  'POST /api/session/step-up/passkey/finish': anyPerson,
  'POST /api/session/end': anyPerson,

  // People and keys of the store.
  'GET /api/staff': overseers,
  'GET /api/staff/colleagues': anyPerson,
  'POST /api/staff/invite': managers,
  'POST /api/staff/review': reviewers,
  'POST /api/staff/teams': managers,
  'POST /api/staff/{id}': managers,
  'POST /api/staff/{id}/recover': managers,
  'POST /api/staff/{id}/leave': managers,
  'GET /api/keys': overseers,
  'POST /api/keys': managers,
  'POST /api/keys/{id}/rotate': managers,
  'POST /api/keys/{id}/revoke': managers,
};

/** Routes where whoever may not see a row is told that there is none. */
export const HIDES: ReadonlySet<string> = new Set([
  'GET /api/releases/{id}',
  'GET /api/approvals/{id}/reason',
  'GET /api/break-glass/{id}/reason',
  'POST /api/cases/{id}/attachments/{attachment}',
]);
