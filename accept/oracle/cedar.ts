/** Asks Cedar one request a field; the policies that it names as its reason tell how much is shown. */
import { setFlagsFromString } from 'node:v8';
import {
  preparsePolicySet,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { OracleCase, OracleField, OracleQuestion } from './case.ts';
import type { Book } from './law.ts';
import { cedarPolicies, type Setting } from './policy.ts';

// Node 20 aborts ("unreachable code" in the deoptimizer) where it has inlined such a call into optimized code.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

export class Cedar {
  readonly #book: Book;
  readonly #settings: readonly Setting[];
  /** Names of policy sets that are parsed, by setting and purpose. */
  readonly #sets = new Map<string, string>();
  /** Settings in which a purpose has the same policies share a set. */
  readonly #byText = new Map<string, string>();

  constructor(book: Book, settings: readonly Setting[]) {
    this.#book = book;
    this.#settings = settings;
  }

  /** `1` or `0` for the purpose, then a letter a field: `r`, `m`, `w`. A purpose without fields is not asked. */
  answer({ setting, question }: OracleCase): string {
    const states = this.calls(setting, question).map(ask);
    const open = states.some((state) => state !== '-') ? 1 : 0;
    return `${open}${states.map((state) => (state === '-' ? 'w' : state)).join('')}`;
  }

  /** The requests, one a field, with their entities made and their policies parsed. */
  calls(setting: number, question: OracleQuestion): StatefulAuthorizationCall[] {
    const context = contextOf(question);
    const preparsedPolicySetId = this.#policySet(setting, question.purpose);
    return question.fields.map((field) => ({
      principal: { type: 'Role', id: question.role },
      action: { type: 'Action', id: question.purpose },
      resource: { type: 'Field', id: field.name },
      context,
      preparsedPolicySetId,
      entities: [entityOf(field)],
    }));
  }

  /** Throws when Cedar does not accept the policy. */
  #policySet(setting: number, purpose: string): string {
    const key = `${setting}/${purpose}`;
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const policies = cedarPolicies(this.#book, this.#settings[setting]!, purpose);
    const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
    const whole = policies.map(({ text }) => text).join('\n');
    const set = this.#byText.get(whole) ?? key;
    if (set === key) {
      const answer = preparsePolicySet(set, { staticPolicies });
      if (answer.type === 'failure')
        throw new Error(`Cedar refuses the policy: ${answer.errors[0]?.message}`);
      this.#byText.set(whole, set);
    }
    this.#sets.set(key, set);
    return set;
  }
}

/** `-` where the purpose is closed. */
function ask(call: StatefulAuthorizationCall): 'r' | 'm' | 'w' | '-' {
  const answer = statefulIsAuthorized(call);
  if (answer.type === 'failure') throw new Error(`Cedar fails: ${answer.errors[0]?.message}`);
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0)
    throw new Error(`A policy fails: ${diagnostics.errors[0]!.error.message}`);
  const has = (prefix: string) => diagnostics.reason.some((id) => id.startsWith(prefix));
  if (decision === 'deny' || !has('open:')) return '-';
  if (has('reveal:')) return 'r';
  return has('mask:') ? 'm' : 'w';
}

const INITIALS: Readonly<Record<string, string>> = { ordinary: 'o', sensitive: 's', 'highly-sensitive': 'h' };

function entityOf(field: OracleField): StatefulAuthorizationCall['entities'][number] {
  return {
    uid: { type: 'Field', id: field.name },
    attrs: {
      name: field.name,
      class: field.class,
      sensitivity: field.sensitivity,
      cell: `${field.class}/${INITIALS[field.sensitivity] ?? '?'}`,
      purposes: [...field.purposes],
      retention: field.retention,
      maskable: field.maskable,
    },
    parents: [],
  };
}

function contextOf(question: OracleQuestion): StatefulAuthorizationCall['context'] {
  const { customer, evidence, message, destination, balanced, policy, caller } = question;
  return {
    choices: customer.choices,
    chosenBy: customer.chosenBy,
    stale: [...customer.stale],
    objections: customer.objections,
    told: Object.fromEntries(
      Object.entries(customer.collectedUnder).map(([key, bases]) => [key, [...bases]]),
    ),
    ...(customer.age === null ? {} : { age: customer.age }),
    child: customer.childSignal,
    optOutSignal: customer.optOutSignal,
    restricted: customer.restricted,
    erased: customer.erased,
    kept: [...customer.retained],
    held: [...customer.held],
    optOutAtCollection: customer.sale?.optOutAtCollection === true,
    similarProducts: message?.similarProducts === true,
    optOutIncluded: message?.optOutIncluded === true,
    balanced: [...balanced],
    rules: policy.rules.map(({ id }) => id),
    ...(caller === undefined
      ? {}
      : {
          caller: {
            trained: caller.trained,
            strength: caller.strength,
            stranger: caller.relation === null,
            asks: caller.reveal,
            approved: [...caller.approved],
          },
        }),
    ...(evidence === null ? {} : { evidence: { kind: evidence.kind, holds: evidence.holds } }),
    ...(destination === null
      ? {}
      : {
          destination: {
            separateConsent: destination.separateConsent,
            ...(destination.country === null || destination.country === ''
              ? {}
              : { country: destination.country }),
            ...(destination.route === null ? {} : { route: destination.route }),
          },
        }),
  };
}
