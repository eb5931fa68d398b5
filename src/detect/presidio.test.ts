import { expect, it } from 'vitest';
import { detect } from './detect.ts';
import { presidioLabels } from './presidio.ts';

const labels = (text: string) =>
  presidioLabels(detect(text), text).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);

it('spans get the names that Presidio gives them', () => {
  expect(labels('Dr. Anna Lee, anna@example.com, SSN 219-09-9999')).toEqual([
    'TITLE Dr.',
    'PERSON Anna Lee',
    'EMAIL_ADDRESS anna@example.com',
    'US_SSN 219-09-9999',
  ]);
});

it('types that Presidio has no name for are left out', () => {
  expect(labels('mac 00:1B:44:11:3A:B7')).toEqual([]);
});

it('the lines of an address below a name are spans of their own', () => {
  expect(labels('Anna Lee\n\n20789 Allika 46\n Suite 501\n Riisa\n Estonia 62488')).toEqual([
    'PERSON Anna Lee',
    'STREET_ADDRESS 20789',
    'STREET_ADDRESS Allika 46',
    'STREET_ADDRESS Suite 501',
    'GPE Riisa',
    'GPE Estonia',
    'STREET_ADDRESS 62488',
  ]);
});
