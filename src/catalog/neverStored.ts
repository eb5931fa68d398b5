/** Full card numbers, security codes, passwords and security answers are stored nowhere: no catalog may declare them. */

const WORDS: ReadonlySet<string> = new Set([
  'cardnumber',
  'creditcard',
  'creditcardnumber',
  'cvc',
  'cvc2',
  'cvv',
  'cvv2',
  'passcode',
  'passphrase',
  'passwd',
  'password',
  'pin',
  'pincode',
  'pwd',
  'secretanswer',
  'securityanswer',
  'securitycode',
]);
const ENDINGS = ['cardnumber', 'password', 'securitycode', 'securityanswer'];

/** True when a field, trait or property of this name would hold what is stored nowhere. */
export function neverStored(name: string): boolean {
  const last = name.split('.').at(-1) ?? name;
  const word = last.toLowerCase().replace(/[^a-z0-9]/g, '');
  return WORDS.has(word) || ENDINGS.some((ending) => word.endsWith(ending));
}
