/** After the erasure: what is gone, what is kept, and the receipt, once. */
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import type { Erased } from '../api/center.ts';
import { useSay } from '../language.ts';
import { saveReceipt } from '../save.ts';
import { Sheet } from '../shell/page.tsx';
import { KeptList } from './kept-list.tsx';

export function ErasedPage({ erased: { kept, receipt } }: { readonly erased: Erased }) {
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = say('delete.done');
    heading.current?.focus();
  }, [say]);
  return (
    <div className="mx-auto max-w-xl space-y-6">
      <div>
        <h1 ref={heading} tabIndex={-1} className="text-2xl leading-tight font-semibold tracking-tight">
          {say('delete.done')}
        </h1>
        <p className="mt-2 text-pretty text-soft">{say('delete.doneSays')}</p>
      </div>
      <Button
        look="main"
        size="large"
        className="w-full sm:w-auto"
        onClick={() => saveReceipt(receipt, 'deletion-receipt.json')}
      >
        {say('delete.receipt')}
      </Button>
      {kept.length > 0 && (
        <Sheet title={say('delete.kept')}>
          <div className="px-4 py-3.5">
            <KeptList kept={kept} />
          </div>
        </Sheet>
      )}
    </div>
  );
}
