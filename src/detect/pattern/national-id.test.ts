import { describe, expect, it } from 'vitest';
import { detect } from '../detect.ts';

const kinds = (text: string) => detect(text, { types: ['NATIONAL_ID'] }).map(({ kind }) => kind);

/** Numbers that authorities and standards publish as examples, or that are made from their rules. */
const PUBLISHED: readonly (readonly [string, string])[] = [
  ['CN_RESIDENT_ID', '11010519491231002X'],
  ['CN_RESIDENT_ID', '34052419800101001X'],
  ['US_SSN', '219-09-9999'],
  ['UK_NINO', 'AB 12 34 56 C'],
  ['UK_NHS', '943 476 5919'],
  ['DE_TAX_ID', '86 095 742 719'],
  ['FR_NIR', '1 85 05 78 006 084 91'],
  ['ES_DNI', '12345678Z'],
  ['ES_NIE', 'X1234567L'],
  ['IT_CODICE_FISCALE', 'RSSMRA85T10A562S'],
  ['JP_MY_NUMBER', '1234 5678 9018'],
  ['BR_CPF', '529.982.247-25'],
  ['BR_CNPJ', '11.222.333/0001-81'],
  ['IN_PAN', 'ABCPE1234F'],
  ['SG_NRIC', 'S1234567D'],
  ['TW_ID', 'A123456789'],
  ['HK_ID', 'A123456(3)'],
  ['CH_AHV', '756.9217.0769.85'],
  ['PL_PESEL', '44051401359'],
];

describe('a national number is known by its structure and its check digit', () => {
  it.each(PUBLISHED)('%s %s', (kind, number) => {
    expect(kinds(`My id number is ${number}.`)).toEqual([kind]);
  });

  it('and one with a wrong check digit is none', () => {
    for (const number of ['110105194912310021', '943 476 5918', '86 095 742 718', '12345678A', 'X1234567M'])
      expect(kinds(`My id number is ${number}.`)).not.toContain(kinds(`id ${number}`)[0] ?? 'nothing');
  });
});
