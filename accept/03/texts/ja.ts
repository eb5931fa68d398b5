/** What Japanese templates are filled with. */
import type { Dice } from '../../crash/dice.ts';
import { between, day, forms, fullWidth, labelled, letters, pattern, plain, two } from './draw.ts';
import { myNumber, spoiled } from './ids.ts';
import { email, sharedSlots, spelledEmail } from './slots.ts';
import type { Slots } from './types.ts';

const LAST = [
  '加藤', '吉田', '山田', '佐々木', '山口', '清水', '森', '池田', '橋本', '阿部', '石川', '中島', '前田', '藤田', '後藤', '岡田', '近藤',
  '村上', '遠藤', '青木', '坂本', '西村', '福田', '太田', '三浦', '岡本', '松田', '中川', '原田', '小野', '五十嵐', '柳沢', '東海林',
]; // biome-ignore format: names, many to a line
const FIRST = [
  '翔太', '美穂', '大輔', '由美子', '直樹', '彩', '健', '久美', '隆', '真由美', '和也', '優子', '陽菜', '悠斗', '莉子', '颯', '智子', '浩二',
  '七海', '涼介', '幸子', '亮', '沙織', '徹', '千夏', 'ひなた', 'まりん', '大和',
]; // biome-ignore format: names, many to a line
const KANA = [
  ['カトウ', 'ショウタ'],
  ['ヨシダ', 'ミホ'],
  ['ササキ', 'ダイスケ'],
  ['モリ', 'ユウコ'],
  ['イケダ', 'ナオキ'],
  ['フジタ', 'サオリ'],
] as const;
const WORDS = [
  'kato',
  'yoshida',
  'shota',
  'miho',
  'naoki',
  'sasaki',
  'mori',
  'hina',
  'okada',
  'ryo',
  'chinatsu',
  'aoki',
];
const AREAS = [
  ['東京都', '杉並区', ['高円寺南', '荻窪', '阿佐谷北']], ['東京都', '江東区', ['豊洲', '亀戸']], ['神奈川県', '川崎市高津区', ['溝口', '久地']],
  ['大阪府', '堺市堺区', ['南瓦町', '大浜北町']], ['愛知県', '名古屋市千種区', ['今池', '覚王山通']], ['福岡県', '福岡市早良区', ['西新', '百道浜']],
  ['北海道', '札幌市豊平区', ['月寒東一条', '平岸三条']], ['京都府', '京都市左京区', ['下鴨高木町', '岡崎徳成町']], ['千葉県', '船橋市', ['本町', '習志野台']],
  ['宮城県', '仙台市太白区', ['長町', '八木山本町']],
] as const; // biome-ignore format: names, many to a line
const BUILDINGS = ['メゾン高橋', 'グランドハイツ', 'サンライズ荘', 'ライオンズ森の丘', 'コーポ若草'];

function block(dice: Dice): string {
  const [a, b, c] = [between(dice, 1, 7), between(dice, 1, 28), between(dice, 1, 22)];
  return dice.pick([
    `${a}丁目${b}番${c}号`,
    `${a}-${b}-${c}`,
    `${a}丁目${b}-${c}`,
    fullWidth(`${a}-${b}-${c}`),
  ]);
}
function room(dice: Dice): string {
  return dice.once(2)
    ? `${dice.pick(['', ' '])}${dice.pick(BUILDINGS)}${between(dice, 1, 9)}0${between(dice, 1, 6)}${dice.pick(['', '号室'])}`
    : '';
}
const address = forms(
  (dice) => {
    const [prefecture, city, towns] = dice.pick(AREAS);
    return `${prefecture}${city}${dice.pick(towns)}${block(dice)}${room(dice)}`;
  },
  (dice) => {
    const [prefecture, city, towns] = dice.pick(AREAS);
    return `〒${pattern(dice, '1##-00##')} ${prefecture}${city}${dice.pick(towns)}${block(dice)}${room(dice)}`;
  },
);
const short = forms((dice) => `${dice.pick(dice.pick(AREAS)[2])}${block(dice)}${room(dice)}`);

const phone = forms(
  (dice) => `0${dice.pick(['90', '80', '70'])}-${pattern(dice, 'N###-####')}`,
  (dice) => `0${dice.pick(['90', '80'])}${pattern(dice, 'N#######')}`,
  (dice) => `03-${pattern(dice, '3###-####')}`,
  (dice) => `06-${pattern(dice, '6###-####')}`,
  (dice) => `044(${pattern(dice, '8##')})${pattern(dice, '####')}`,
  (dice) => `+81 90 ${pattern(dice, 'N### ####')}`,
  (dice) => fullWidth(`090-${pattern(dice, 'N###-####')}`),
);

const ERAS = [
  ['昭和', 1925, 30, 63],
  ['平成', 1988, 1, 19],
] as const;
function born(dice: Dice): string {
  const at = day(dice, 1950, 2007);
  const [era, , from, to] = dice.pick(ERAS);
  return dice.pick([
    `${at.year}年${at.month}月${at.day}日`,
    `${at.year}/${two(at.month)}/${two(at.day)}`,
    `${at.year}-${two(at.month)}-${two(at.day)}`,
    `${era}${between(dice, from, to)}年${at.month}月${at.day}日`,
  ]);
}
function date(dice: Dice): string {
  const at = day(dice, 2024, 2026);
  return dice.pick([
    `${at.year}年${at.month}月${at.day}日`,
    `${at.year}/${two(at.month)}/${two(at.day)}`,
    `${at.month}月${at.day}日`,
  ]);
}

export const japanese: Slots = {
  ...sharedSlots(['DE', 'GB']),
  name: labelled(
    'PERSON',
    forms(
      (dice) => dice.pick(LAST) + dice.pick(FIRST),
      (dice) => `${dice.pick(LAST)} ${dice.pick(FIRST)}`,
      (dice) => `${dice.pick(LAST)}\u3000${dice.pick(FIRST)}`,
    ),
  ),
  kana: labelled('PERSON', (dice) => dice.pick(KANA).join(dice.pick([' ', '\u3000']))),
  surname: labelled('PERSON', (dice) => dice.pick(LAST)),
  email: labelled('EMAIL', email(WORDS, ['docomo.ne.jp', 'ezweb.ne.jp', 'yahoo.co.jp', 'nifty.com'])),
  hiddenemail: labelled('EMAIL', spelledEmail(WORDS, ['yahoo.co.jp', 'nifty.com'])),
  phone: labelled('PHONE', phone),
  addr: labelled('ADDRESS', address),
  short: labelled('ADDRESS', short),
  place: labelled(
    'PLACE',
    forms((dice) =>
      dice.pick([
        '大阪',
        '沖縄',
        '札幌',
        '京都',
        '福岡',
        '北海道',
        '名古屋',
        '仙台',
        '韓国',
        'ドイツ',
        'アメリカ',
        '台湾',
      ]),
    ),
  ),
  org: labelled(
    'ORGANIZATION',
    forms(
      (dice) => `株式会社${dice.pick(['星空商店', 'みなと物流', '青葉デザイン', '東雲製作所'])}`,
      (dice) => `${dice.pick(['北斗運輸', '桜木食品', 'ひかり電機'])}株式会社`,
      (dice) => `${dice.pick(['青陵', '聖マリア', '南ヶ丘'])}${dice.pick(['高等学校', '病院', '大学'])}`,
    ),
  ),
  mynumber: labelled(
    'NATIONAL_ID',
    forms(
      myNumber,
      (dice) => myNumber(dice).replace(/^(....)(....)/, '$1 $2 '),
      (dice) => myNumber(dice).replace(/^(....)(....)/, '$1-$2-'),
    ),
  ),
  badnumber: plain((dice) => spoiled(dice, myNumber(dice)).replace(/^(....)(....)/, '$1 $2 ')),
  passport: labelled('PASSPORT', (dice) => `T${letters(dice, 'KRSTZ', 1)}${pattern(dice, '#######')}`),
  plate: labelled(
    'PLATE',
    (dice) =>
      `${dice.pick(['品川', '横浜', 'なにわ', '多摩', '札幌'])} ${pattern(dice, dice.pick(['3##', '5##']))} ${dice.pick([...'あかさたなはまや'])} ${pattern(dice, 'N#-##')}`,
  ),
  birth: labelled('BIRTH_DATE', born),
  date: plain(date),
  age: labelled('AGE', (dice) => String(between(dice, 18, 88))),
  price: plain((dice) =>
    dice.pick([
      `${between(dice, 3, 48)},800円`,
      `¥${between(dice, 3, 48)},500`,
      `${between(dice, 300, 990)}円`,
    ]),
  ),
  item: plain((dice) =>
    dice.pick([
      'マフラー',
      '急須',
      'デスクライト',
      'レインコート',
      'コーヒーミル',
      'ランニングシューズ',
      'バスタオル',
    ]),
  ),
};
