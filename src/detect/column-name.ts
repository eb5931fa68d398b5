import type { EntityType } from './types.ts';

/** Words in the names of columns, in seven languages; the first that fits. */
const NAMES: readonly (readonly [EntityType, RegExp])[] = [
  ['EMAIL', /e_?mail|courriel|correo|邮箱|郵箱|电子邮件|メール|이메일/],
  ['PHONE', /phone|mobile|\btel\b|fax|handy|telefon|telefono|téléphone|手机|手機|电话|電話|携帯|전화|휴대폰/],
  ['BIRTH_DATE', /birth|\bdob\b|geburt|naissance|nacimiento|出生|生日|生年月日|생년월일/],
  [
    'NATIONAL_ID',
    /\bssn\b|national_?id|id_?card|id_?number|tax_?id|passport_?no|\bdni\b|\bnif\b|\bnir\b|\bcpf\b|\bnino\b|aadhaar|身份证|身分證|マイナンバー|주민/,
  ],
  ['PASSPORT', /passport|reisepass|passeport|pasaporte|护照|護照|旅券|여권/],
  ['IBAN', /\biban\b/],
  ['PAYMENT_CARD', /card_?(?:no|num|number)|credit_?card|\bpan\b|卡号|卡號|カード番号|카드번호/],
  ['SECRET', /passw|secret|token|api_?key|private_?key|密码|密碼|パスワード|비밀번호/],
  ['IP', /\bip\b|ip_?addr|client_ip|remote_addr/],
  ['MAC', /\bmac\b|mac_?addr/],
  ['DEVICE_ID', /device_?id|imei|idfa|gaid|udid|advertising_?id|设备|端末|기기/],
  ['LOCATION', /\blat\b|\blng\b|\blon\b|latitude|longitude|geo_?point|coordinates|经度|纬度/],
  ['PLATE', /licen[cs]e_?plate|plate_?no|kennzeichen|matricula|immatriculation|车牌|車牌/],
  ['ZIP_CODE', /\bzip\b|zip_?code|post_?code|postal|\bplz\b|codigo_postal|邮编|郵便番号|우편번호/],
  ['ADDRESS', /address|street|anschrift|adresse|direccion|domicilio|strasse|straße|地址|住址|住所|주소/],
  ['PLACE', /\bcity\b|\btown\b|country|\bstadt\b|\bland\b|ville|pays|ciudad|pais|城市|国家|省份|都市|도시/],
  ['ORGANIZATION', /company|employer|organi[sz]ation|firma|société|empresa|公司|单位|会社|회사/],
  [
    'PERSON',
    /first_?name|last_?name|full_?name|given_?name|family_?name|surname|\bname\b|customer_name|vorname|nachname|prenom|prénom|\bnom\b|nombre|apellido|姓名|氏名|名前|이름|성명/,
  ],
  ['NATIONALITY', /nationality|citizenship|staatsangeh|nationalité|nacionalidad|国籍|國籍|국적/],
  ['RELIGION', /religion|confession|宗教|종교/],
  ['HEALTH', /diagnos|allerg|disease|medical|health|krankheit|maladie|enfermedad|疾病|病史|病名|질병/],
  ['AGE', /\bage\b|\balter\b|\bedad\b|年龄|年齡|年齢|나이/],
];
/** Names of things that have names: a product's name is nobody's. */
const THINGS =
  /product|item|file|event|field|table|store|shop|brand|category|campaign|column|host|user_agent|page|article|produkt|producto|produit|商品|店/;

/** What the name of a column says it holds, or null. */
export function columnTypeByName(name: string): EntityType | null {
  const words = ` ${name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()} `.replace(/[\s.-]+/g, '_');
  const spaced = words.replaceAll('_', ' ');
  for (const [type, pattern] of NAMES) {
    if (!pattern.test(words) && !pattern.test(spaced)) continue;
    if ((type === 'PERSON' || type === 'ADDRESS') && THINGS.test(words)) continue;
    return type;
  }
  return null;
}

/** True for columns such as `product_name`: the name in them is a thing's. */
export function namesThings(name: string): boolean {
  return THINGS.test(name.toLowerCase());
}
