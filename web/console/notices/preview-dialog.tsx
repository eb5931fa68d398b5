/** A version of the notice as customers read it, in any of its languages. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { type NoticeVersion, noticeWords, type Words } from '../api/notices.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';

interface PreviewProps {
  readonly of: NoticeVersion;
  readonly onClose: () => void;
}

export function PreviewDialog({ of, onClose }: PreviewProps) {
  const say = useSay();
  const own = useLanguage();
  const [language, setLanguage] = useState(
    () =>
      of.languages.find((each) => each === own) ??
      of.languages.find((each) => own.startsWith(each)) ??
      of.languages[0] ??
      'en',
  );
  const { data, error } = useQuery({
    queryKey: ['notice', of.version, language],
    queryFn: () => noticeWords(of.version, language),
  });
  const names = new Intl.DisplayNames([own], { type: 'language' });
  return (
    <Dialog
      title={say('notice.versionOf', { version: of.version })}
      closeLabel={say('do.close')}
      onClose={onClose}
    >
      <div className="space-y-4">
        <SelectField
          label={say('account.language')}
          value={language}
          onChange={({ target }) => setLanguage(target.value)}
          options={of.languages.map((each) => ({ value: each, label: names.of(each) ?? each }))}
        />
        {error !== null && <Failed error={error} />}
        {error === null && data === undefined && <Loading label={say('state.loading')} lines={5} />}
        {data?.draft === true && <Notice look="warn">{say('notice.draft')}</Notice>}
        {data !== undefined && <Shown words={data} />}
      </div>
    </Dialog>
  );
}

/** As a picture of it: the buttons are words here and do nothing. */
function Shown({ words: { language, direction, text, purposes } }: { readonly words: Words }) {
  return (
    <div
      lang={language}
      dir={direction}
      className="space-y-3 rounded-lg border border-line-strong p-4 leading-relaxed"
    >
      <p className="font-semibold">{text.title}</p>
      <p className="whitespace-pre-line">{text.body}</p>
      <div className="flex flex-wrap gap-2">
        {[text.refuse, text.accept, text.choose].map((each) => (
          <span key={each} className="rounded-md border border-line-strong px-3 py-1 text-sm font-medium">
            {each}
          </span>
        ))}
      </div>
      <ul className="divide-y divide-line border-t border-line">
        {purposes.map(({ purpose, name, description }) => (
          <li key={purpose} className="py-2">
            <div className="font-medium">{name}</div>
            <div className="text-soft">{description}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}
