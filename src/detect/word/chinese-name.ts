/** Chinese names: a family name, one or two signs, and what stands at both sides. */
import type { Candidate } from '../candidate.ts';
import { endings, endsLiteral } from '../literals.ts';
import { KIND, type Tokens } from '../tokenize.ts';
import * as words from '../words/cjk.ts';
import { SIGN } from './cjk-signs.ts';
import { eachMatch, type Stretch } from './stretch.ts';

const DOUBLES = new Set(words.CHINESE_DOUBLE_SURNAMES.split(' '));
/** Right before a name. */
const CUES = endings(
  '姓名|名字|我叫|我是|叫做|名叫|本人|联系人|聯絡人|聯繫人|收件人|收货人|收貨人|客户|客戶|顾客|顧客|用户|用戶|会员|會員|患者|病人|乘客|旅客|经办人|负责人|負責人|申请人|申請人|持卡人|户名|戶名|同事|朋友|老婆|老公|妻子|丈夫|儿子|女儿|母亲|父亲|爸爸|妈妈|哥哥|姐姐|弟弟|妹妹|先生叫|寄件人|投保人|法人|代表|员工|員工|同学|经理|客服|店员|快递员|师傅|医生|醫生|律师|老师|作者|署名|签收人|亲爱的|尊敬的|您好|机主|車主|车主|房东|学生|家长|爱人|导师|买家|賣家|卖家|店主|司机|受益人|被保险人|收款人|付款人|发件人|發件人|下单人|投诉人|代理人|取件人|提货人|推荐人|介绍人|邻居|鄰居|小朋友|我爸|我妈|老人|阿姨|奶奶|爷爷|外婆|表哥|表姐|表弟|表妹|舅舅|姑姑|叔叔|岳父|岳母|室友|闺蜜|领导|老板|助理|秘书|教练|通知|客人|应该是|人员|转告|联系|聯繫|聯絡|感谢|抄送|转给|交给|属于|致电|本人是|名为|化名|请问|問候'.split(
    '|',
  ),
);
/** May stand between a cue and the name. */
const FILLERS = new Set([...'是为為叫：:, ，、'].map((sign) => sign.charCodeAt(0)));
const MOST_FILLERS = 3;
/** After a label and its colon hardly anything but a name stands. */
const LABEL = /(?:人|名|户|戶|者|员|員)[：:] ?$/;
/** Who someone is, right behind the name: `，男，45岁`. */
const COMMAS = new Set([...' ，,（('].map((sign) => sign.charCodeAt(0)));
const PERSON_AFTER = /^ ?[，,（(] ?(?:男|女|\d{1,3}[岁歲])/;
const WEAK_BEFORE =
  '下查看过過替代致助带帶陪送接访訪见見问問谢謝问是叫给給与與和跟同找由让讓请請被把对對向的了人到名为為和及或我';
const TITLE =
  /^(?:先生|女士|小姐|老师|老師|经理|經理|医生|醫生|教授|律师|律師|总监|总经理|总(?![共计额是有部在的])|阿姨|同学|同學|太太|师傅|師傅|主任|博士|护士|大夫|叔叔|奶奶|爷爷)/;
const AFTER =
  '的是在说說和与與同给給已要想来來去到于於住男女身手电電号號今向及收寄买買购購申表反提需将將把被曾也都很不有打发發委，。；：！？、）)」』”"…,.;:!? 因就从從还還又再能会會可应應希让讓请請投刚剛最自拨撥咨諮預预联聯留填報报出生年岁歲了并並以后後只正昨上这這那回接取领領退换換付填写寫注登开開用签簽代帮幫托工户戶您你我他她';
/** What a sign may be, as bits. */
const ROLE = { surname: 1, given: 2, weakBefore: 4, after: 8, title: 16, double: 32 } as const;
const ROLES = roles();

function roles(): Uint8Array {
  const table = new Uint8Array(65_536);
  const mark = (signs: string, role: number) => {
    for (const sign of signs) table[sign.charCodeAt(0)]! |= role;
  };
  mark(words.CHINESE_SURNAMES, ROLE.surname);
  mark(words.CHINESE_GIVEN_SIGNS, ROLE.given);
  mark(WEAK_BEFORE, ROLE.weakBefore);
  mark(AFTER, ROLE.after);
  mark('先女小老经經医醫教律总阿同太师師主博护大叔奶爷', ROLE.title);
  for (const name of DOUBLES) mark(name[0]!, ROLE.double);
  return table;
}

function plays(text: string, at: number, role: number): boolean {
  return (ROLES[text.charCodeAt(at)]! & role) !== 0;
}
/** Ordinary words that begin with the sign of a family name. */
const ORDINARY = new Set(
  '高兴 高興 高级 高速 高端 高温 高度 高铁 高中 方便 方式 方法 方案 方向 方面 马上 馬上 马来 马路 周一 周二 周三 周四 周五 周六 周日 周末 周年 周期 周围 時間 时间 时候 時候 时代 成功 成为 成交 成本 成立 安全 安排 安装 安裝 安心 白色 白天 黄色 黃色 黄金 黃金 黄河 金额 金額 金融 金色 江苏 江蘇 江西 江南 石家 石油 张家 谢谢 謝謝 许多 許多 许可 任何 任务 任務 关于 關於 关系 關係 关注 關注 关闭 万元 萬元 应该 應該 应用 應用 明天 明白 明年 明细 明確 明确 常见 常用 常州 全部 全额 单号 單號 单独 单元 单位 單位 单价 单子 向您 向我 于是 于今 平台 平時 平时 平安 平均 温馨 溫馨 温度 温州 文件 文化 文字 文章 车牌 車牌 车辆 車輛 车主 车上 车型 尚未 原因 原价 原價 原来 易碎 何时 何處 何人 包裹 包括 包装 包裝 包邮 包含 连接 连续 查询 查詢 查看 查收 查到 项目 強烈 强烈 强调 花费 古代 景区 景點 党员 钱款 钱包 宁波 宁夏 沙发 汤姆 祝您 祝好 祝你 左右 左边 严重 嚴重 严格 季度 程序 程度 管理 管家 孙子 华为 華為 华东 武汉 武漢 沈阳 郑州 徐州 柳州 苏州 贺卡 卫生 卫星 农业 农村 储蓄 储存 师傅 師傅 官网 官方 官網 满意 滿意 满足 满减 解决 解決 解释 解除 解锁 简单 簡單 简历 费用 費用 费率 阳光 陽光 冷链 冷冻 练习 项链 路上 毛衣 毛巾 毛病 房间 房屋 房产 房东 宫保 乐意 樂意 乐器 商品 商家 商店 商城 商务 水果 花园 花園 花卉 国家 通知 通过 通過 容易 强制 余额 餘額 余下 麦克 边上 边境 岑寂 干净 干部 储值 梁山 席位 计划 曾经 曾經 曾在 都是 都有 经常 连衣 联系 经理 应急 应收 充值 那边 师父 习惯 习近 封面 封装 植物 原告 原件 原先 安徽 安卓 康复 洪水 牛奶 牛肉 鱼肉 羊肉 龙虾 池塘 景色 景观 莫名 莫非 和您 和我 和他 和她 和你 和其 和平 时尚 时刻 时常 田地 田园 林业 森林 叶子 史上 史料 孔子 钟表 钟头 水平 火车 柴油 盛大 盛行 游戏 遊戲 游客 游泳 游览 汪洋 戴上 温和 温柔 段落 段时 雷达 雷电 汤圆 龚州 路线 路由 路口 万一 顾问 顧問 侯车 郝然 邵氏 尹始 黎明 易于 易用 武器 武术 苗族 江湖 江山 童装 童年 韦伯 范围 範圍 涂料 甘肃 甘蔗 裴多 霍乱 翁婿 屈服 巫师 焦急 焦点 古典 古董 谷歌 谷物 干扰 干燥 干货 干洗 麻烦 麻煩 明显 明星 明信 乐园 乐队 门口 門口 门店 門店 门票 门牌 门禁 公司 公里 公共 公开 公安 公寓 公元 公告 公告 帅气 利用 利益 利息 利率 占用 广州 廣州'.split(
    ' ',
  ),
);
const ENOUGH = 0.5;

/** Names of other peoples of China and of foreigners: `买买提·艾力`. */
const DOTS = /[·・•]/;
const DOTTED = /[\u4e00-\u9fff]{2,6}[·・•][\u4e00-\u9fff]{2,6}(?:[·・•][\u4e00-\u9fff]{2,6})?/g;
const DOTTED_LEAD =
  /^.*(?:买家|卖家|机主|车主|乘客|是|叫|名|人|为|給|给|找|由|向|和|户|客)(?=[\u4e00-\u9fff]{2})/;

/** Adds names found in the Han tokens. */
export function chineseNames(tokens: Tokens, parts: readonly Stretch[], out: Candidate[]): void {
  eachMatch(parts, SIGN.dot, DOTTED, (start, { 0: name }) => {
    const dot = name.search(DOTS);
    const lead = DOTTED_LEAD.exec(name.slice(0, dot))?.[0].length ?? 0;
    out.push({ start: start + lead, end: start + dottedEnd(name, dot), type: 'PERSON', score: 0.85 });
  });
  for (let token = 0; token < tokens.count; token += 1) {
    if (tokens.kind[token] !== KIND.han) continue;
    const from = tokens.start[token]!;
    const to = tokens.end[token]!;
    for (let at = from; at < to; at += 1) {
      const found = nameAt(tokens.text, from, to, at);
      if (found === null) continue;
      out.push(found);
      at = found.end - 1;
    }
  }
}

/** The second part ends where the sentence goes on. */
function dottedEnd(name: string, dot: number): number {
  for (let at = dot + 3; at < name.length; at += 1) if (plays(name, at, ROLE.after)) return at;
  return name.length;
}

function nameAt(text: string, from: number, to: number, at: number): Candidate | null {
  const role = ROLES[text.charCodeAt(at)]!;
  if ((role & (ROLE.double | ROLE.surname)) === 0) return null;
  const double = (role & ROLE.double) !== 0 && DOUBLES.has(text.slice(at, at + 2));
  if (!double && (role & ROLE.surname) === 0) return null;
  const surname = double ? 2 : 1;
  const address = titled(text, at, at + surname);
  if (address !== null) return address;
  const cue = isCued(text, at);
  if (!cue && ORDINARY.has(text.slice(at, at + 2))) return null;
  const labelled = cue && LABEL.test(text.slice(Math.max(0, at - 3), at));
  const before = labelled
    ? 0.55
    : cue
      ? 0.45
      : at === from
        ? 0.2
        : plays(text, at - 1, ROLE.weakBefore)
          ? 0.12
          : -0.3;
  let [best, top]: [Candidate | null, number] = [null, 0];
  for (const length of [surname + 2, surname + 1]) {
    const end = at + length;
    if (end > to) continue;
    const score =
      before + (double ? 0.3 : 0) + givenScore(text, at + surname, end) + afterScore(text, end, to);
    if (score < ENOUGH || score <= top) continue;
    best = { start: at, end, type: 'PERSON', score: Math.min(0.97, score) };
    top = score;
  }
  return best;
}

/** Whether a word that names follow stands right before, or before a few signs. */
function isCued(text: string, at: number): boolean {
  for (let end = at; end > 0 && end >= at - MOST_FILLERS; end -= 1) {
    if (endsLiteral(CUES, text, end)) return true;
    if (!FILLERS.has(text.charCodeAt(end - 1))) return false;
  }
  return false;
}

function isTitled(text: string, at: number): boolean {
  return plays(text, at, ROLE.title) && TITLE.test(text.slice(at, at + 3));
}

function givenScore(text: string, from: number, to: number): number {
  let score = to - from === 2 ? 0.04 : 0;
  for (let at = from; at < to; at += 1) score += plays(text, at, ROLE.given) ? 0.32 / (to - from) : -0.08;
  return score;
}

function afterScore(text: string, end: number, to: number): number {
  if (isTitled(text, end)) return 0.5;
  if (COMMAS.has(text.charCodeAt(end)) && PERSON_AFTER.test(text.slice(end, end + 7))) return 0.5;
  if (end === to) return 0.22;
  return plays(text, end, ROLE.after) ? 0.15 : -0.1;
}

/** `王先生`: the family name alone, before a form of address. */
function titled(text: string, start: number, end: number): Candidate | null {
  return isTitled(text, end) ? { start, end, type: 'PERSON', score: 0.7 } : null;
}
