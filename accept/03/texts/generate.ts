import { Dice } from '../../crash/dice.ts';
import { deTexts } from './de-templates.ts';
import { enTexts } from './en-templates.ts';
import { esTexts } from './es-templates.ts';
import { fill } from './fill.ts';
import { frTexts } from './fr-templates.ts';
import { jaTexts } from './ja-templates.ts';
import { koTexts } from './ko-templates.ts';
import type { GoldText, TemplateList } from './types.ts';
import { zhForms } from './zh-forms.ts';
import { zhHant } from './zh-hant.ts';
import { zhReviews } from './zh-reviews.ts';
import { zhTickets } from './zh-tickets.ts';

const CHINESE: readonly TemplateList[] = [zhTickets, zhForms, zhReviews, zhHant];
/** By language, each as often as the next. */
const WORLD: readonly (readonly TemplateList[])[] = [
  CHINESE,
  [enTexts],
  [deTexts],
  [frTexts],
  [esTexts],
  [jaTexts],
  [koTexts],
];

export interface Wanted {
  /** The Chinese set alone, instead of seven languages. */
  readonly chinese: boolean;
  readonly seed: number;
  /** How many texts; without it 5,200 Chinese ones or 2,870 of seven languages. */
  readonly count?: number;
}

interface Numbered {
  readonly list: TemplateList;
  readonly number: number;
}

function templatesOf(lists: readonly TemplateList[]): Numbered[] {
  return lists.flatMap((list) => list.templates.map((_, number) => ({ list, number })));
}

/**
 * The held-out texts of a seed, one after another: every template comes in its turn, and the slots are
 * drawn anew. The same seed gives the same texts on every machine.
 */
export function* generate({ chinese, seed, count }: Wanted): Generator<GoldText> {
  const turns = (chinese ? [CHINESE] : WORLD).map(templatesOf);
  const total = count ?? (chinese ? 5200 : 2870);
  for (let at = 0; at < total; at++) {
    const templates = turns[at % turns.length] as Numbered[];
    const turn = templates[Math.floor(at / turns.length) % templates.length] as Numbered;
    const { language, name, slots, templates: texts } = turn.list;
    const id = `${chinese ? 'chinese' : 'world'}-${seed}-${at}`;
    const filled = fill(texts[turn.number] as string, slots, new Dice(id));
    yield { id, text: filled.text, language, template: `${name}-${turn.number + 1}`, spans: filled.spans };
  }
}
