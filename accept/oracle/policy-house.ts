/** What no regime changes: roles, evidence, fields, store rules, and what the customer said, as Cedar policies. */
import {
  BASIS,
  evidenceFor,
  ORACLE_ROLES,
  type OracleRole,
  optional,
  RAISED,
  STORE_RULES,
  sees,
  worksFor,
} from './house.ts';

/** A policy with the name by which Cedar tells that it was the reason. */
export interface Named {
  readonly id: string;
  readonly text: string;
}

export function forbid(id: string, purpose: string | null, when: string): Named {
  const action = purpose === null ? 'action' : `action == Action::"${purpose}"`;
  return { id, text: `forbid(principal, ${action}, resource) when { ${when} };` };
}

/** Below an age; a child's signal counts where the age is not known. */
export function under(age: number): string {
  return age === 0 ? 'false' : `(if context has age then context.age < ${age} else context.child)`;
}

export function list(items: readonly string[]): string {
  return `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
}

export const objects = (purpose: string) => `context.objections has "${purpose}"`;

/** A refusal, and a choice that is not understood. */
export function choicePolicy(purpose: string): Named {
  const said = `context.choices has "${purpose}" && context.choices["${purpose}"] != "granted"`;
  return forbid(`refused:${purpose}`, purpose, said);
}

/** Shut without a grant that counts, unless something else opens it. */
export function silencePolicy(purpose: string, by: string, grant: string, unless = 'false'): Named {
  return forbid(`silent:${by}:${purpose}`, purpose, `!(${grant}) && !(${unless})`);
}

export function basisPolicy(purpose: string, basis: string, by: string): Named {
  const told = `context.told has "${purpose}" && !(context.told["${purpose}"].contains("${basis}"))`;
  return forbid(`swapped:${by}:${purpose}`, purpose, told);
}

function objectionPolicy(purpose: string): Named[] {
  if (BASIS[purpose] === 'contract' || BASIS[purpose] === 'legal-obligation') return [];
  if (BASIS[purpose] === 'legitimate-interest')
    return [
      forbid(
        `objection:${purpose}`,
        purpose,
        `${objects(purpose)} && context.objections["${purpose}"] != "overridden"`,
      ),
    ];
  return [forbid(`objection:${purpose}`, purpose, objects(purpose))];
}

function authorityPolicies(purpose: string): Named[] {
  return ORACLE_ROLES.filter((role) => worksFor(role).includes(purpose)).map((role) => {
    const needed = evidenceFor(role, purpose);
    const kinds = list(needed ?? ['case', 'order', 'request', 'reason', 'break-glass']);
    const serves = `context.evidence.holds && ${kinds}.contains(context.evidence.kind)`;
    const evidence =
      needed === null ? `(!(context has evidence) || ${serves})` : `context has evidence && ${serves}`;
    const head = `permit(principal == Role::"${role}", action == Action::"${purpose}", resource)`;
    return { id: `open:${role}`, text: `${head} when { ${evidence} };` };
  });
}

function storeRule(rule: (typeof STORE_RULES)[number]): string {
  const conditions = [`context.rules.contains("${rule.id}")`];
  if ('purposes' in rule)
    conditions.push(
      rule.purposes.length === 0
        ? 'false'
        : `(${rule.purposes.map((purpose) => `action == Action::"${purpose}"`).join(' || ')})`,
    );
  if ('roles' in rule)
    conditions.push(`(${rule.roles.map((role) => `principal == Role::"${role}"`).join(' || ')})`);
  if ('classes' in rule) conditions.push(`${list(rule.classes)}.contains(resource.class)`);
  if ('sensitivities' in rule) conditions.push(`${list(rule.sensitivities)}.contains(resource.sensitivity)`);
  return `(${conditions.join(' && ')})`;
}

const shutsPurpose = (rule: (typeof STORE_RULES)[number]) =>
  rule.atMost === 'withheld' && !('classes' in rule) && !('sensitivities' in rule);

function permitFor(role: OracleRole, purpose: string) {
  return (how: string, when: string): Named => ({
    id: `${how}:${role}`,
    text: `permit(principal == Role::"${role}", action == Action::"${purpose}", resource) when { ${when} };`,
  });
}

/** A person reads what is more than ordinary only when signed in anew. */
const CARRIED =
  '(!(context has caller) || resource.sensitivity == "ordinary" || context.caller.strength == "stepped-up")';

function raisedPolicies(role: OracleRole, purpose: string, readable: string): Named[] {
  const may = permitFor(role, purpose);
  const cells = (how: 'asked' | 'approved') => `${list(RAISED[how][role] ?? [])}.contains(resource.cell)`;
  const served = 'context has evidence && ["case", "order"].contains(context.evidence.kind)';
  const asks = `context has caller && context.caller.asks && ${served}`;
  const approved = 'context has caller && context.caller.approved.contains(resource.name)';
  const own = 'context has evidence && context.evidence.kind == "request"';
  return [
    ...(role === 'subject'
      ? [
          may(
            'reveal:request',
            `${list(sees(role, 'masked'))}.contains(resource.cell) && ${own} && ${readable}`,
          ),
        ]
      : []),
    ...(role in RAISED.asked ? [may('reveal:asked', `${cells('asked')} && ${asks} && ${readable}`)] : []),
    ...(role in RAISED.approved
      ? [may('reveal:approved', `${cells('approved')} && ${approved} && ${readable}`)]
      : []),
  ];
}

/** Who asks as a person is trained, signed in with two factors, and a stranger to the customer. */
function callerPolicies(purpose: string): Named[] {
  const strong = 'context.caller.strength == "two-factor" || context.caller.strength == "stepped-up"';
  return [
    forbid('untrained', purpose, 'context has caller && !(context.caller.trained)'),
    forbid('weakly', purpose, `context has caller && !(${strong})`),
    forbid('known', purpose, 'context has caller && !(context.caller.stranger)'),
  ];
}

function fieldPolicies(purpose: string): Named[] {
  const withheld = STORE_RULES.filter(({ atMost }) => atMost === 'withheld');
  const masked = STORE_RULES.filter(({ atMost }) => atMost === 'masked');
  const special =
    'resource.sensitivity != "ordinary" || resource.class == "sensitive" || resource.class == "biometric"';
  return ORACLE_ROLES.filter((role) => worksFor(role).includes(purpose)).flatMap((role) => {
    const revealed = sees(role, 'revealed');
    const shown = [...revealed, ...sees(role, 'masked')];
    if (shown.length === 0) return [];
    const atAll = [
      'context.kept.contains(resource.retention)',
      ...(purpose === 'legal-duty' ? [] : ['!(context.held.contains(resource.retention))']),
      ...(role === 'subject' ? [] : [`resource.purposes.contains("${purpose}")`]),
      ...(optional(purpose) ? [`!(${special})`] : []),
      `!(${withheld.map(storeRule).join(' || ')})`,
    ].join(' && ');
    const may = permitFor(role, purpose);
    const readable = `${atAll} && !(${masked.map(storeRule).join(' || ')}) && ${CARRIED}`;
    return [
      may('mask', `${list(shown)}.contains(resource.cell) && resource.maskable && ${atAll}`),
      may('reveal', `${list(revealed)}.contains(resource.cell) && ${readable}`),
      ...raisedPolicies(role, purpose, readable),
    ];
  });
}

/** The policies on a purpose that stand in every set. */
export function housePolicies(purpose: string): Named[] {
  const signal = purpose === 'advertising' || purpose === 'partner-sharing';
  const duty = purpose === 'legal-duty';
  return [
    ...authorityPolicies(purpose),
    ...callerPolicies(purpose),
    ...fieldPolicies(purpose),
    ...objectionPolicy(purpose),
    ...(purpose === 'fraud-prevention' ? [] : [basisPolicy(purpose, BASIS[purpose] ?? 'consent', 'house')]),
    ...(optional(purpose) ? [choicePolicy(purpose)] : []),
    ...(signal ? [forbid('signal', purpose, 'context.optOutSignal')] : []),
    ...(duty
      ? []
      : [
          forbid('restricted', purpose, 'context.restricted && principal != Role::"subject"'),
          forbid('erased', purpose, 'context.erased'),
        ]),
    forbid('nowhere', purpose, 'context has destination && !(context.destination has country)'),
    ...STORE_RULES.filter(shutsPurpose).map((rule) => forbid(rule.id, purpose, storeRule(rule))),
  ];
}
