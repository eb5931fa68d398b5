/** Keys that work everywhere: Ctrl or Command with K, `/`, and `?`. */
import { useEffect, useRef } from 'react';

type Shown = 'palette' | 'shortcuts';

/** True where a letter is a letter. */
export function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role^=menuitem]'))
  );
}

export function useShellKeys(onShow: (what: Shown) => void): void {
  const show = useRef(onShow);
  show.current = onShow;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        show.current('palette');
        return;
      }
      if (command || event.altKey || typing(event.target) || document.querySelector('dialog[open]') !== null)
        return;
      if (event.key === '?') show.current('shortcuts');
      if (event.key !== '/') return;
      event.preventDefault();
      const own = document.querySelector<HTMLElement>('main [data-search]');
      if (own === null) show.current('palette');
      else own.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
