/** What Chinese templates are filled with: Simplified for the mainland, Traditional for Taiwan and Hong Kong. */
import type { Dice } from '../../crash/dice.ts';
import { corruptedCard, unionPay } from './bank.ts';
import { between, day, forms, fullWidth, labelled, pattern, plain, two } from './draw.ts';
import { corruptedResidentId, hongKongId, oldResidentId, residentId, taiwanId } from './ids.ts';
import { email, sharedSlots, spelledEmail, typedCard } from './slots.ts';
import type { Slots } from './types.ts';
import {
  fullAddress,
  organization,
  place,
  shortAddress,
  traditionalAddress,
  traditionalOrganization,
  traditionalPlace,
  traditionalShort,
} from './zh-addresses.ts';
import { fullName, PINYIN, surname, traditionalName, traditionalSurname } from './zh-names.ts';

const MAILERS = ['qq.com', '163.com', '126.com', 'sina.com', 'foxmail.com', '139.com', 'aliyun.com'];
const PREFIXES = [
  '130',
  '131',
  '135',
  '136',
  '137',
  '138',
  '139',
  '150',
  '151',
  '158',
  '159',
  '166',
  '176',
  '177',
  '180',
  '185',
  '186',
  '188',
  '189',
  '191',
  '198',
  '199',
];
const NUMERALS = '零一二三四五六七八九';

function mobileDigits(dice: Dice): string {
  return dice.pick(PREFIXES) + pattern(dice, '########');
}

const mobile = forms(
  mobileDigits,
  mobileDigits,
  (dice) => mobileDigits(dice).replace(/^(\d{3})(\d{4})/, '$1 $2 '),
  (dice) => mobileDigits(dice).replace(/^(\d{3})(\d{4})/, '$1-$2-'),
  (dice) => `+86 ${mobileDigits(dice)}`,
  (dice) => `+86${mobileDigits(dice)}`,
  (dice) => `86-${mobileDigits(dice)}`,
);

/** Written to slip through a filter: numerals, full-width digits, gaps. */
const hiddenMobile = forms(
  (dice) => mobileDigits(dice).replace(/\d/g, (digit) => NUMERALS[Number(digit)] as string),
  (dice) =>
    mobileDigits(dice).replace(/\d/g, (digit) =>
      digit === '1' ? '幺' : (NUMERALS[Number(digit)] as string),
    ),
  (dice) => fullWidth(mobileDigits(dice)),
  (dice) => fullWidth(mobileDigits(dice).replace(/^(\d{3})(\d{4})/, '$1-$2-')),
  (dice) => mobileDigits(dice).replace(/^(\d{3})(\d{4})/, '$1.$2.'),
  (dice) => mobileDigits(dice).replace(/^(\d{3})(\d{4})/, '$1—$2—'),
);

const landline = forms(
  (dice) => `${dice.pick(['010', '021', '020', '022', '027', '028'])}-${pattern(dice, '6#######')}`,
  (dice) => `${dice.pick(['0571', '0755', '0512', '0769', '0532'])}-${pattern(dice, '8#######')}`,
  (dice) => `(${dice.pick(['010', '021', '025'])})${pattern(dice, '8#######')}`,
  (dice) => `${dice.pick(['0755', '0571'])} ${pattern(dice, '8######')}`.concat(pattern(dice, '#')),
  (dice) => `400-${pattern(dice, '8##-####')}`,
);

const typedId = forms(
  residentId,
  residentId,
  residentId,
  (dice) => residentId(dice).toLowerCase(),
  (dice) => residentId(dice).replace(/^(.{6})(.{8})/, '$1 $2 '),
  (dice) => residentId(dice).replace(/^(.{6})(.{8})/, '$1-$2-'),
  (dice) => fullWidth(residentId(dice)),
);

const PROVINCES = [...'京沪津渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'];
const plate = forms(
  (dice) => pattern(dice, `${dice.pick(PROVINCES)}${dice.pick(['A', 'B', 'C', 'E'])}·#####`),
  (dice) => pattern(dice, `${dice.pick(PROVINCES)}${dice.pick(['A', 'B', 'C', 'E'])}#@###`),
  (dice) => pattern(dice, `${dice.pick(PROVINCES)}${dice.pick(['A', 'B', 'D'])}D#####`),
  (dice) => pattern(dice, `${dice.pick(PROVINCES)}${dice.pick(['A', 'B'])}·F#####`),
);

function iso(dice: Dice, from: number, to: number): string {
  const at = day(dice, from, to);
  return dice.pick([
    `${at.year}年${at.month}月${at.day}日`,
    `${at.year}年${at.month}月${at.day}日`,
    `${at.year}-${two(at.month)}-${two(at.day)}`,
    `${at.year}.${at.month}.${at.day}`,
    `${at.year}/${two(at.month)}/${two(at.day)}`,
  ]);
}

const SIMPLIFIED_ITEMS = [
  '羊毛围巾',
  '蓝牙耳机',
  '保温杯',
  '儿童雨靴',
  '空气炸锅',
  '真丝睡衣',
  '跑步鞋',
  '茶具套装',
  '瑜伽垫',
  '猫粮',
  '护手霜',
  '折叠椅',
];
const TRADITIONAL_ITEMS = [
  '羊毛圍巾',
  '藍牙耳機',
  '保溫瓶',
  '兒童雨鞋',
  '氣炸鍋',
  '真絲睡衣',
  '慢跑鞋',
  '茶具組',
  '瑜珈墊',
  '貓飼料',
  '護手霜',
  '摺疊椅',
];

/** Shared by both scripts. */
const chinese: Slots = {
  ...sharedSlots(['DE', 'GB', 'CH']),
  email: labelled('EMAIL', email(PINYIN, MAILERS)),
  hiddenemail: labelled(
    'EMAIL',
    forms(spelledEmail(PINYIN, MAILERS), (dice) =>
      fullWidth(email(PINYIN, MAILERS)(dice).replace(/[+_-]/, '')),
    ),
  ),
  age: labelled('AGE', (dice) => String(between(dice, 18, 79))),
  childage: labelled('AGE', (dice) => String(between(dice, 2, 15))),
  birth: labelled('BIRTH_DATE', (dice) => iso(dice, 1950, 2007)),
  date: plain((dice) => iso(dice, 2024, 2026)),
  passport: labelled(
    'PASSPORT',
    forms(
      (dice) => `E${pattern(dice, '########')}`,
      (dice) => `E${dice.pick(['A', 'B', 'H', 'K'])}${pattern(dice, '#######')}`,
      (dice) => `G${pattern(dice, '########')}`,
    ),
  ),
};

export const simplified: Slots = {
  ...chinese,
  name: labelled('PERSON', fullName),
  surname: labelled('PERSON', surname),
  mobile: labelled('PHONE', mobile),
  hiddenmobile: labelled('PHONE', hiddenMobile),
  tel: labelled('PHONE', landline),
  id: labelled('NATIONAL_ID', typedId),
  oldid: labelled('NATIONAL_ID', oldResidentId),
  badid: plain(corruptedResidentId),
  unionpay: labelled('PAYMENT_CARD', typedCard(unionPay)),
  badunionpay: plain(typedCard((dice) => corruptedCard(dice, unionPay(dice)))),
  plate: labelled('PLATE', plate),
  addr: labelled('ADDRESS', fullAddress),
  short: labelled('ADDRESS', shortAddress),
  place: labelled('PLACE', place),
  org: labelled('ORGANIZATION', organization),
  price: plain((dice) =>
    dice.pick([
      `${between(dice, 9, 999)}元`,
      `¥${between(dice, 9, 1999)}.00`,
      `${between(dice, 9, 399)}.9元`,
    ]),
  ),
  item: plain((dice) => dice.pick(SIMPLIFIED_ITEMS)),
  wechat: plain((dice) => pattern(dice, dice.pick(['wxid_~~~~~~~~~~~~~~', 'xiaomao_~~~~', 'lulu-~~~~~']))),
};

const twMobile = forms(
  (dice) => `09${pattern(dice, '##-###-###')}`,
  (dice) => `09${pattern(dice, '########')}`,
  (dice) => `+886 9${pattern(dice, '## ### ###')}`,
  (dice) => `+852 ${pattern(dice, '9### ####')}`,
  (dice) => pattern(dice, '6### ####'),
);

export const traditional: Slots = {
  ...chinese,
  name: labelled('PERSON', traditionalName),
  surname: labelled('PERSON', traditionalSurname),
  mobile: labelled('PHONE', twMobile),
  tel: labelled(
    'PHONE',
    forms(
      (dice) => `02-2${pattern(dice, '###-####')}`,
      (dice) => `(04)2${pattern(dice, '###-####')}`,
      (dice) => `07-3${pattern(dice, '######')}`,
    ),
  ),
  cnmobile: labelled('PHONE', mobile),
  twid: labelled('NATIONAL_ID', taiwanId),
  hkid: labelled('NATIONAL_ID', hongKongId),
  id: labelled('NATIONAL_ID', typedId),
  badid: plain(corruptedResidentId),
  unionpay: labelled('PAYMENT_CARD', typedCard(unionPay)),
  addr: labelled('ADDRESS', traditionalAddress),
  short: labelled('ADDRESS', traditionalShort),
  place: labelled('PLACE', traditionalPlace),
  org: labelled('ORGANIZATION', traditionalOrganization),
  price: plain((dice) =>
    dice.pick([
      `NT$${between(dice, 99, 4999)}`,
      `${between(dice, 99, 1999)}元`,
      `HK$${between(dice, 20, 999)}`,
    ]),
  ),
  item: plain((dice) => dice.pick(TRADITIONAL_ITEMS)),
  lineid: plain((dice) => pattern(dice, dice.pick(['mimi~~~~', 'happy_~~~~']))),
};
