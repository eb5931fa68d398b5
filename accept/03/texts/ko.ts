/** What Korean templates are filled with. */
import type { Dice } from '../../crash/dice.ts';
import { between, day, forms, labelled, pattern, plain, two } from './draw.ts';
import { rrn, spoiled } from './ids.ts';
import { email, sharedSlots, spelledEmail } from './slots.ts';
import type { Slots } from './types.ts';

const LAST = [...'김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구'];
const RARE = ['남궁', '선우', '황보', '제갈', '독고'];
const FIRST = [
  '민준', '서연', '지훈', '수빈', '영희', '철수', '하은', '도윤', '미경', '성호', '예진', '준서', '은지', '동현', '순자', '재원',
  '유나', '태민', '혜진', '상우', '다은', '경민', '보람', '우진', '나래', '기태', '소영', '현우', '지아', '병철', '가을', '하늘',
]; // biome-ignore format: names, many to a line
const WORDS = [
  'minjun',
  'seoyeon',
  'jihoon',
  'subin',
  'haeun',
  'yejin',
  'kim',
  'park',
  'dahye',
  'woojin',
  'soyoung',
  'choi',
];
const AREAS = [
  ['서울특별시', '마포구', ['월드컵북로', '독막로', '양화로']], ['서울시', '강서구', ['화곡로', '공항대로']], ['부산광역시', '해운대구', ['센텀중앙로', '마린시티1로']],
  ['대구광역시', '수성구', ['동대구로', '달구벌대로']], ['인천광역시', '연수구', ['송도과학로', '컨벤시아대로']], ['경기도', '성남시 분당구', ['판교역로', '정자일로']],
  ['대전광역시', '유성구', ['대학로', '테크노4로']], ['광주광역시', '서구', ['상무대로', '시청로']], ['강원특별자치도', '춘천시', ['중앙로', '영서로']], ['제주특별자치도', '제주시', ['연북로', '노형로']],
] as const; // biome-ignore format: names, many to a line
const BUILDINGS = ['푸른마을아파트', '한빛타운', '래미안센트럴', '은하빌라', '자이아파트'];

function room(dice: Dice): string {
  if (dice.once(3)) return '';
  return `${dice.pick([', ', ' '])}${dice.once(2) ? `${dice.pick(BUILDINGS)} ` : ''}${between(dice, 101, 118)}동 ${between(dice, 1, 24)}0${between(dice, 1, 4)}호`;
}
const address = forms((dice) => {
  const [province, city, roads] = dice.pick(AREAS);
  return `${province} ${city} ${dice.pick(roads)} ${between(dice, 2, 480)}${room(dice)}`;
});
const short = forms(
  (dice) => `${dice.pick(dice.pick(AREAS)[2])} ${between(dice, 2, 480)}`,
  (dice) =>
    `${dice.pick(BUILDINGS)} ${between(dice, 101, 118)}동 ${between(dice, 1, 24)}0${between(dice, 1, 4)}호`,
);

function name(dice: Dice): string {
  return (dice.once(18) ? dice.pick(RARE) : dice.pick(LAST)) + dice.pick(FIRST);
}

const phone = forms(
  (dice) => `010-${pattern(dice, 'N###-####')}`,
  (dice) => `010-${pattern(dice, 'N###-####')}`,
  (dice) => `010${pattern(dice, 'N#######')}`,
  (dice) => `010 ${pattern(dice, 'N### ####')}`,
  (dice) => `02-${pattern(dice, '5##-####')}`,
  (dice) => `0${dice.pick(['31', '51', '53'])}-${pattern(dice, '7##-####')}`,
  (dice) => `+82 10-${pattern(dice, 'N###-####')}`,
  (dice) => `+82 10 ${pattern(dice, 'N### ####')}`,
);

function written(dice: Dice, from: number, to: number): string {
  const at = day(dice, from, to);
  return dice.pick([
    `${at.year}년 ${at.month}월 ${at.day}일`,
    `${at.year}.${two(at.month)}.${two(at.day)}`,
    `${at.year}-${two(at.month)}-${two(at.day)}`,
  ]);
}

export const korean: Slots = {
  ...sharedSlots(['DE', 'GB']),
  name: labelled('PERSON', name),
  email: labelled('EMAIL', email(WORDS, ['naver.com', 'daum.net', 'hanmail.net', 'kakao.com'])),
  hiddenemail: labelled('EMAIL', spelledEmail(WORDS, ['naver.com', 'daum.net'])),
  phone: labelled('PHONE', phone),
  addr: labelled('ADDRESS', address),
  short: labelled('ADDRESS', short),
  place: labelled('PLACE', (dice) =>
    dice.pick(['부산', '서울', '제주도', '대구', '강릉', '전주', '일본', '미국', '독일', '베트남', '울산']),
  ),
  org: labelled(
    'ORGANIZATION',
    forms(
      (dice) => `(주)${dice.pick(['한결유통', '아름상사', '새벽물류', '가온테크'])}`,
      (dice) => `주식회사 ${dice.pick(['다온', '누리전자', '해솔푸드'])}`,
      (dice) => `${dice.pick(['한울', '성모', '푸른솔'])}${dice.pick(['고등학교', '병원', '대학교'])}`,
    ),
  ),
  rrn: labelled(
    'NATIONAL_ID',
    forms(
      rrn,
      rrn,
      (dice) => rrn(dice).replace('-', ' - '),
      (dice) => rrn(dice).replace('-', ''),
    ),
  ),
  badrrn: plain((dice) => spoiled(dice, rrn(dice))),
  passport: labelled('PASSPORT', (dice) => `M${pattern(dice, '########')}`),
  plate: labelled(
    'PLATE',
    (dice) =>
      `${pattern(dice, dice.pick(['N#', 'N##']))}${dice.pick([...'가나다라마거너더러허호'])} ${pattern(dice, '####')}`,
  ),
  birth: labelled('BIRTH_DATE', (dice) => written(dice, 1945, 2006)),
  date: plain((dice) => written(dice, 2024, 2026)),
  age: labelled('AGE', (dice) => String(between(dice, 18, 88))),
  price: plain((dice) =>
    dice.pick([
      `${between(dice, 3, 98)},900원`,
      `${between(dice, 3, 98)}만원`,
      `₩${between(dice, 3, 98)},000`,
    ]),
  ),
  item: plain((dice) =>
    dice.pick(['목도리', '찻주전자', '책상 조명', '우비', '커피 그라인더', '운동화', '수건 세트']),
  ),
};
