/** Faults for what decide() looks up: evidence, transfers, roles, ceilings, store rules, and the rules made of the packs. */
import type { OracleMutant } from './plant.ts';

const of = (file: string, name: string, from: string, to: string): OracleMutant => ({ file, name, from, to });

export const MUTANTS_OF_TABLES: readonly OracleMutant[] = [
  of('evidence.js', 'no evidence is enough', 'needed === null ? null : REASONS.evidenceMissing', 'null'),
  of('evidence.js', 'an unknown kind of evidence passes', '!KINDS.has(found.kind)', 'false'),
  of('evidence.js', 'evidence that does not hold passes', 'found.holds !== true', 'false'),
  of('evidence.js', 'evidence of any kind serves', 'needed !== null && !needed.has(found.kind)', 'false'),
  of(
    'evidence.js',
    'a case carries a legal duty',
    "'legal-duty': ['request', 'order']",
    "'legal-duty': ['request', 'order', 'case']",
  ),
  of('evidence.js', 'a reason does not serve the privacy officer', "['request', 'reason']", "['request']"),
  of('evidence.js', 'a job brings evidence', "role === 'job' || ", ''),
  of('destination.js', 'an unknown country passes', "typeof country !== 'string' || country === ''", 'false'),
  of(
    'destination.js',
    'one law that covers a transfer is enough',
    'rules.transfers.every(',
    'rules.transfers.some(',
  ),
  of('destination.js', 'any route will do', 'routes.has(route)', 'true'),
  of('destination.js', 'adequacy is passed over', 'adequate.has(country) ||', ''),
  of(
    'destination.js',
    'the consent to a transfer is not asked',
    'rules.transferConsent && separateConsent !== true',
    'false',
  ),
  of(
    'compile-transfers.js',
    'a general law that is silent on transfers allows them',
    'permissions.length === 0 && !speaking.regime.general',
    'permissions.length === 0',
  ),
  of('compile-transfers.js', 'a route remembered counts', 'permissions.filter(isVerified)', 'permissions'),
  of('compile-transfers.js', 'half of a route counts', 'group.length === 1 && ', ''),
  of(
    'compile-rules.js',
    'the child’s age is the lowest of the laws',
    'parentUnder: Math.max(0, ...ages)',
    'parentUnder: Math.min(99, ...ages)',
  ),
  of(
    'compile-rules.js',
    'a parent’s authority ends at the highest age',
    'Math.min(MAJORITY, ...ages)',
    'Math.max(0, ...ages)',
  ),
  of(
    'compile-rules.js',
    'a legitimate interest is known everywhere',
    'const without = speakers.filter(knowsNoInterest)',
    'const without = []',
  ),
  of(
    'compile-rules.js',
    'a prohibition that does not bite opens',
    "permitted || answer === 'deny' ? answer",
    'true ? answer',
  ),
  of(
    'compile-rules.js',
    'one law that opens is enough',
    "said.every((each) => each === 'allow' || each === 'silent')",
    'true',
  ),
  of(
    'compile-rules.js',
    'what the store does not use is open all the same',
    'settings.optOut.includes(purpose) && ',
    '',
  ),
  of('compile-rules.js', 'a soft opt-in that the store does not use is open', 'settings.softOptIn &&', ''),
  of(
    'authority.js',
    'special categories need no more than a choice',
    'if (!needsChoice(purpose))',
    'if (true)',
  ),
  of('authority.js', 'a sensitive value is ordinary', "sensitivity !== 'ordinary' || ", ''),
  of('authority.js', 'a biometric value is ordinary', " || dataClass === 'biometric'", ''),
  of(
    'roles.js',
    'support prevents fraud',
    "support: ['customer-service']",
    "support: ['customer-service', 'fraud-prevention']",
  ),
  of(
    'ceilings.js',
    'support reads addresses',
    'contact: [M, M, W],\n        account: [R, M, W]',
    'contact: [R, M, W],\n        account: [R, M, W]',
  ),
  of('ceilings.js', 'marketing reads names', 'identity: [M, W, W]', 'identity: [R, W, W]'),
  of(
    'policy.js',
    'an empty list of a store means everything',
    'list === undefined || list.includes(item)',
    'list === undefined || list.length === 0 || list.includes(item)',
  ),
  of('policy.js', 'a store’s later rule may loosen', 'if (LEVEL[most] < LEVEL[state])', 'if (false)'),
  of('policy.js', 'a store’s rule for classes shuts the purpose', 'rule.classes === undefined && ', ''),
];
