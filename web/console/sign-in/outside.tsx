/** The page of those who are not in yet: one sheet, and the language. */
import type { ReactNode } from 'react';
import { LANGUAGES, pickLanguage, useLanguage, useSay } from '../language.ts';

export function Outside({ children }: { readonly children: ReactNode }) {
  const say = useSay();
  const now = useLanguage();
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 md:py-24">
      <main className="w-full max-w-sm">
        <p className="mb-6 text-center text-lg font-semibold tracking-tight">{say('app.name')}</p>
        <div className="rounded-lg border border-line bg-sheet p-6">{children}</div>
      </main>
      <nav aria-label={say('account.language')} className="mt-6 flex gap-4">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={language === now}
            onClick={() => pickLanguage(language)}
            className={`cursor-pointer rounded px-1 py-1 ${language === now ? 'font-medium text-ink' : 'text-soft underline'}`}
          >
            {say(`language.${language}`)}
          </button>
        ))}
      </nav>
    </div>
  );
}

export function StepTitle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="mb-4">
      <h1 className="text-base font-semibold">{title}</h1>
      {children !== undefined && <p className="mt-1 text-soft">{children}</p>}
    </div>
  );
}
