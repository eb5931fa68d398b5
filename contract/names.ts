/**
 * The names that travel: purposes, roles, classes, identifier kinds. Part of the outside surface;
 * they only grow. Numbers beside them are stored and never change meaning.
 */
export const PURPOSES = [
  'order-fulfilment',
  'customer-service',
  'fraud-prevention',
  'legal-duty',
  'analytics',
  'personalization',
  'marketing-email',
  'marketing-sms',
  'marketing-phone',
  'marketing-push',
  'advertising',
  'partner-sharing',
  'ai-training',
  'research',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Rest on contract, duty or a balanced interest: open without a choice. All others need one. */
export const NECESSARY_PURPOSES = [
  'order-fulfilment',
  'customer-service',
  'fraud-prevention',
  'legal-duty',
] as const;
export const OPTIONAL_PURPOSES = PURPOSES.filter(
  (purpose) => !(NECESSARY_PURPOSES as readonly string[]).includes(purpose),
);

export const ROLES = [
  'support',
  'order-desk',
  'marketing',
  'analyst',
  'privacy-officer',
  'security',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** The seven classes of personal data. */
export const CLASSES = [
  'identity',
  'contact',
  'account',
  'transaction',
  'behavior',
  'biometric',
  'sensitive',
] as const;
export type DataClass = (typeof CLASSES)[number];

/** One data key per customer and retention class; the number is stored. */
export const RETENTION_CLASSES = { identity: 1, commerce: 2, behavior: 3, service: 4, sensitive: 5 } as const;
export type RetentionClass = keyof typeof RETENTION_CLASSES;

export const SENSITIVITIES = ['ordinary', 'sensitive', 'highly-sensitive'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What names a customer, an order or a case; the number is stored. */
export const IDENTIFIER_KINDS = {
  userId: 1,
  anonymousId: 2,
  email: 3,
  phone: 4,
  order: 5,
  case: 6,
} as const;
export type IdentifierKind = keyof typeof IDENTIFIER_KINDS;

/** How a value is shown when it may be seen only masked. `hidden` and `text` have no masked form. */
export const MASK_KINDS = [
  'name',
  'email',
  'phone',
  'address',
  'date',
  'id',
  'card-last4',
  'ip',
  'text',
  'number',
  'place',
  'hidden',
] as const;
export type MaskKind = (typeof MASK_KINDS)[number];
