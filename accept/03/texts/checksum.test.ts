import { describe, expect, it } from 'vitest';
import {
  dniLetter,
  germanTaxDigit,
  hongKongDigit,
  ibanRemainder,
  luhnHolds,
  myNumberDigit,
  nhsDigit,
  nirKey,
  residentDigit,
  residentHolds,
  rrnDigit,
  taiwanDigit,
} from './checksum.ts';

/** Specimens that standards and authorities print; none belongs to a person. */
describe('a check digit is the one of the published specimen', () => {
  it.each<[string, string | number | null | boolean, string | number | boolean]>([
    ['resident id, GB 11643-1999', residentDigit('11010519491231002'), 'X'],
    ['resident id that holds', residentHolds('11010519491231002X'), true],
    ['resident id of a month that does not exist', residentHolds('110105491331002'), false],
    ['Luhn, test card', luhnHolds('4111111111111111'), true],
    ['Luhn, one digit off', luhnHolds('4111111111111112'), false],
    ['IBAN of ISO 13616', ibanRemainder('DE89370400440532013000'), 1],
    ['German tax id', germanTaxDigit('8609574271'), '9'],
    ['NIR', nirKey('2550814168025'), '38'],
    ['DNI', dniLetter('12345678'), 'Z'],
    ['NIE', dniLetter('X0000000'), 'T'],
    ['NHS number', nhsDigit('943476591'), '9'],
    ['My Number', myNumberDigit('12345678901'), '8'],
    ['RRN', rrnDigit('900101123456'), '8'],
    ['Taiwanese id', taiwanDigit('A12345678'), '9'],
    ['Hong Kong identity card', hongKongDigit('A123456'), '3'],
  ])('%s', (_, computed, printed) => {
    expect(computed).toBe(printed);
  });
});
