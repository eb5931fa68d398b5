/**
 * Masks of names. Scripts that write a name in words show the first letter of each (`A*** M***`); Chinese,
 * Japanese and Korean show the family name, or what stands for it (李*, 欧阳**, 김**).
 */
import { firstLetters, initial, localeOf } from './text.ts';

const MOST_WORDS = 3;
const BETWEEN_WORDS = /[\s·・･•]+/u;
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u;
const JAPANESE_ONLY = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Family names of two characters, traditional and simplified. */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  `欧阳 歐陽 太史 端木 上官 司马 司馬 东方 東方 独孤 獨孤 南宫 南宮 万俟 萬俟 闻人 聞人 夏侯 诸葛 諸葛 尉迟 尉遲
  公羊 赫连 赫連 澹台 澹臺 皇甫 宗政 濮阳 濮陽 公冶 太叔 申屠 公孙 公孫 慕容 仲孙 仲孫 钟离 鍾離 长孙 長孫 宇文
  司徒 鲜于 鮮于 司空 闾丘 閭丘 子车 子車 亓官 司寇 巫马 巫馬 公西 颛孙 顓孫 壤驷 壤駟 公良 漆雕 乐正 樂正 宰父
  谷梁 穀梁 拓跋 夹谷 夾谷 轩辕 軒轅 令狐 段干 百里 呼延 东郭 東郭 南门 南門 羊舌 微生 公户 公仪 梁丘 左丘 东门
  西门 西門 第五 纳兰 納蘭 남궁 황보 제갈 사공 선우 서문 독고 동방`
    .trim()
    .split(/\s+/),
);

/** At most three words are shown, each covered; null when there is no word. */
export function maskName(value: string, locale: string): string | null {
  const words = value
    .slice(0, 512)
    .normalize('NFC')
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  if (words.length === 0) return null;
  const alone = words.length === 1;
  return words.map((word) => maskWord(word, alone, locale)).join(' ');
}

function maskWord(word: string, alone: boolean, locale: string): string {
  if (!EAST_ASIAN.test(word)) return initial(word);
  const letters = firstLetters(word, 4);
  if (letters.length < 2 || letters.some((letter) => letter.length > 4)) return '*';
  const shown = alone && isCompound(word, letters, locale) ? 2 : 1;
  return letters.slice(0, shown).join('') + (letters.length - shown > 1 ? '**' : '*');
}

/** In Japanese two characters say nothing of where the family name ends, so one is shown. */
function isCompound(word: string, letters: readonly string[], locale: string): boolean {
  if (letters.length < 3 || JAPANESE_ONLY.test(word)) return false;
  if (localeOf(locale)?.language === 'ja') return false;
  return COMPOUND_SURNAMES.has(`${letters[0]}${letters[1]}`);
}
