/** Which keys do what. */
import { Dialog } from '../../ui/dialog.tsx';
import { useSay } from '../language.ts';
import type { TextKey } from '../texts/keys.ts';

export function Shortcuts({ mac, onClose }: { readonly mac: boolean; readonly onClose: () => void }) {
  const say = useSay();
  const keys: readonly (readonly [TextKey, readonly string[]])[] = [
    ['keys.palette', [mac ? '⌘' : 'Ctrl', 'K']],
    ['keys.search', ['/']],
    ['keys.help', ['?']],
    ['keys.down', ['J']],
    ['keys.up', ['K']],
    ['keys.open', ['Enter']],
    ['keys.close', ['Esc']],
  ];
  return (
    <Dialog title={say('keys.title')} closeLabel={say('do.close')} onClose={onClose}>
      <dl className="divide-y divide-line">
        {keys.map(([text, names]) => (
          <div key={text} className="flex items-center justify-between gap-4 py-2">
            <dt>{say(text)}</dt>
            <dd className="flex gap-1">
              {names.map((name) => (
                <kbd
                  key={name}
                  className="rounded border border-line-strong bg-wash px-1.5 py-0.5 font-sans text-xs"
                >
                  {name}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
