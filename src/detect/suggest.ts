/** What the catalog could say of a column: class, sensitivity and mask by the type of what it holds. */
import type { EntityType } from './types.ts';

/** In the words of Bailee's catalog (`packs/catalog/default.yaml`); purposes and retention are a person's choice. */
export interface CatalogEntry {
  readonly field: string;
  readonly class: string;
  readonly sensitivity: string;
  readonly identifiability: 'direct' | 'indirect';
  readonly mask: string;
}

type Row = readonly [
  field: string,
  cls: string,
  sensitivity: string,
  identifiability: CatalogEntry['identifiability'],
  mask: string,
];

const ROWS: Readonly<Partial<Record<EntityType | 'FREE_TEXT', Row>>> = {
  EMAIL: ['contact.email', 'contact', 'ordinary', 'direct', 'email'],
  PHONE: ['contact.phone', 'contact', 'ordinary', 'direct', 'phone'],
  PERSON: ['identity.name', 'identity', 'ordinary', 'direct', 'name'],
  ADDRESS: ['contact.address', 'contact', 'ordinary', 'direct', 'address'],
  ZIP_CODE: ['contact.postcode', 'contact', 'ordinary', 'indirect', 'hidden'],
  PLACE: ['contact.place', 'contact', 'ordinary', 'indirect', 'place'],
  BIRTH_DATE: ['identity.birthDate', 'identity', 'ordinary', 'indirect', 'date'],
  AGE: ['identity.age', 'identity', 'ordinary', 'indirect', 'hidden'],
  NATIONALITY: ['identity.nationality', 'identity', 'ordinary', 'indirect', 'hidden'],
  NATIONAL_ID: ['identity.nationalId', 'identity', 'highly-sensitive', 'direct', 'id'],
  PASSPORT: ['identity.passport', 'identity', 'highly-sensitive', 'direct', 'id'],
  DRIVER_LICENSE: ['identity.driverLicense', 'identity', 'highly-sensitive', 'direct', 'id'],
  IBAN: ['transaction.iban', 'transaction', 'highly-sensitive', 'direct', 'id'],
  IP: ['behavior.ipAddress', 'behavior', 'ordinary', 'indirect', 'ip'],
  MAC: ['behavior.hardwareAddress', 'behavior', 'ordinary', 'indirect', 'hidden'],
  DEVICE_ID: ['behavior.deviceId', 'behavior', 'ordinary', 'indirect', 'id'],
  LOCATION: ['behavior.location', 'behavior', 'sensitive', 'indirect', 'hidden'],
  PLATE: ['identity.plate', 'identity', 'ordinary', 'direct', 'id'],
  HEALTH: ['sensitive.health', 'sensitive', 'sensitive', 'indirect', 'hidden'],
  RELIGION: ['sensitive.religion', 'sensitive', 'sensitive', 'indirect', 'hidden'],
  FREE_TEXT: ['behavior.text', 'behavior', 'ordinary', 'indirect', 'text'],
};

/** The entry for a column, or null for types that are stored nowhere (full card numbers, secrets) or need none. */
export function suggestEntry(column: string, type: EntityType | 'FREE_TEXT' | null): CatalogEntry | null {
  const row = type === null ? undefined : ROWS[type];
  if (row === undefined) return null;
  const [field, cls, sensitivity, identifiability, mask] = row;
  const name = type === 'FREE_TEXT' ? `behavior.${memberName(column)}` : field;
  return { field: name, class: cls, sensitivity, identifiability, mask };
}

/** A column's name as the last part of a field's name: `Ticket body` → `ticketBody`. */
function memberName(column: string): string {
  const words = column
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .split(' ');
  const name = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join('');
  return /^[a-z]/.test(name) ? name : 'text';
}
