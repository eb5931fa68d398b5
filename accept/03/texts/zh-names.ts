/** Chinese names: surnames by weight, compound surnames, given names of one and two characters. */
import type { Dice } from '../../crash/dice.ts';

const COMMON = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'];
const LESS_COMMON = [
  ...'郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康',
];
const RARE = [...'冼禤麦卞郜亓缪庾逄晏闵荀牛柴霍游阮柯滕'];
const COMPOUND = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '慕容',
  '夏侯',
  '东方',
  '皇甫',
  '尉迟',
  '司徒',
  '令狐',
  '端木',
];
const SINGLE = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂萍鹏辉玲莉斌宇浩凯帆颖璐倩婷雪琳峰蕾博鑫岩旭晨昊瑶悦睿',
];
const DOUBLE = [
  '秀英', '建国', '志强', '晓东', '海燕', '丽娟', '国庆', '春梅', '玉兰', '文博', '子涵', '梓轩', '欣怡', '雨桐', '思远',
  '浩然', '宇航', '佳怡', '诗涵', '一诺', '若曦', '嘉豪', '俊杰', '天佑', '明轩', '雅静', '晓雯', '丽萍', '立新', '永康',
  '振华', '卫东', '爱民', '红梅', '桂英', '凤霞', '少华', '景行', '书瑶', '沐辰', '奕辰', '可馨', '语嫣', '钰涵', '家栋',
  '世昌', '德胜', '长青', '金凤', '素芬', '美玲', '小龙', '小燕', '大伟', '亚楠', '婉清', '怀瑾', '知夏', '予安', '星野',
  '淑贞', '慧敏', '艳红', '玉珍', '建平', '新民', '成林', '宝珠', '冬梅', '翠兰', '庆丰', '鹏飞', '乐天', '佩琪', '阿妹',
]; // biome-ignore format: names, many to a line
const FIRST = [...'晓雨子文思嘉梦志海玉俊佳宇雅若诗明国永慧'];
const SECOND = [...'萱轩彤宁航琪洁峻悦霖泽瑜琦菲然恒颜岚逸珊'];
const TRADITIONAL_SURNAMES = [
  ...'陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬董溫藍石紀姚連馮歐程湯黎關譚霍龐',
];
const TRADITIONAL_COMPOUND = ['歐陽', '司徒', '張簡', '范姜', '上官'];
const TRADITIONAL_GIVEN = [
  '淑芬', '美玲', '雅婷', '志明', '家豪', '俊傑', '怡君', '欣怡', '承翰', '冠宇', '宗翰', '佩珊', '詩涵', '宜蓁', '品妤',
  '建宏', '麗華', '秀鳳', '國榮', '錦輝', '嘉欣', '詠琳', '子軒', '曉彤', '穎彤', '浩賢', '家明', '婉儀', '潔瑩', '文傑',
  '靜宜', '柏翰', '彥廷', '郁婷', '雅雯', '筱涵', '沛蓉', '宥廷', '芷瑄', '語彤', '榮華', '寶蓮', '慧嫻', '鳳儀', '偉倫',
]; // biome-ignore format: names, many to a line
const TRADITIONAL_SINGLE = [...'偉芳強明傑慧玲豪霖婷瑋'];
/** Words of e-mail addresses. */
export const PINYIN = [
  'zhang', 'wang', 'liwei', 'chenjing', 'xiaoyu', 'lin', 'zhaolei', 'sunny', 'huang', 'mei', 'tao', 'yang', 'fang',
  'xuxu', 'jiajia', 'hao', 'ming', 'guo', 'dandan', 'liu', 'qing', 'zhou', 'ning', 'bao', 'yuan',
]; // biome-ignore format: names, many to a line

/** A Simplified Chinese surname; every other one is among the twenty most frequent. */
export function surname(dice: Dice): string {
  if (dice.once(18)) return dice.pick(COMPOUND);
  if (dice.once(12)) return dice.pick(RARE);
  return dice.pick(dice.once(2) ? COMMON : LESS_COMMON);
}

/** A given name of one or two characters. */
export function givenName(dice: Dice): string {
  if (dice.once(5)) return dice.pick(SINGLE);
  return dice.once(3) ? dice.pick(FIRST) + dice.pick(SECOND) : dice.pick(DOUBLE);
}

/** A full name of two to four characters. */
export function fullName(dice: Dice): string {
  return surname(dice) + givenName(dice);
}

/** A surname in Traditional Chinese. */
export function traditionalSurname(dice: Dice): string {
  return dice.once(20) ? dice.pick(TRADITIONAL_COMPOUND) : dice.pick(TRADITIONAL_SURNAMES);
}

/** A full name in Traditional Chinese. */
export function traditionalName(dice: Dice): string {
  return traditionalSurname(dice) + dice.pick(dice.once(7) ? TRADITIONAL_SINGLE : TRADITIONAL_GIVEN);
}
