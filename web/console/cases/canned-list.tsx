/** Picks a ready answer into what is being written: those of the reader's language first. */
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../ui/field.tsx';
import { listCanned, type ReadyAnswer } from '../api/cases.ts';
import { useLanguage, useSay } from '../language.ts';

/** Own language first, then the others; within each by title. */
export function ownFirst(answers: readonly ReadyAnswer[], language: string): readonly ReadyAnswer[] {
  const primary = (tag: string) => tag.split('-')[0];
  const own = (answer: ReadyAnswer) => (primary(answer.language) === primary(language) ? 0 : 1);
  return [...answers].sort((left, right) => own(left) - own(right));
}

/** What a language is called, in that of the reader. */
export function useLanguageName(): (tag: string) => string {
  const language = useLanguage();
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return (tag) => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
}

export function Canned({ onPick }: { readonly onPick: (words: string) => void }) {
  const say = useSay();
  const language = useLanguage();
  const nameOf = useLanguageName();
  const { data } = useQuery({ queryKey: ['canned'], queryFn: listCanned });
  const answers = ownFirst(data?.answers ?? [], language);
  if (answers.length === 0) return null;
  return (
    <SelectField
      bare
      label={say('compose.canned')}
      value=""
      onChange={({ target }) => {
        const answer = answers.find(({ id }) => id === target.value);
        if (answer !== undefined) onPick(answer.text);
      }}
      options={[
        { value: '', label: say('compose.canned') },
        ...answers.map((each) => ({ value: each.id, label: `${each.title} (${nameOf(each.language)})` })),
      ]}
    />
  );
}
