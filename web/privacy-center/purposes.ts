/** What purposes are called: as the notice has it where a choice belongs to them, else in the page's own words. */
import type { Choices } from './api/center.ts';
import { useLanguage, useSayMaybe } from './language.ts';
import { useLoaded } from './loaded.ts';

export function choicesPath(language: string): string {
  return `/choices?language=${language}`;
}

export function usePurposeName(): (purpose: string) => string {
  const sayMaybe = useSayMaybe();
  const { data } = useLoaded<Choices>(choicesPath(useLanguage()));
  const names = new Map(data?.purposes.map(({ purpose, name }) => [purpose, name]));
  return (purpose) => sayMaybe('purpose', purpose) ?? names.get(purpose) ?? purpose;
}
