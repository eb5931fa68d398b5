/** What goes and what stays, before anything is asked; then one question. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { send } from '../api/call.ts';
import type { Erased, ErasePreview } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useSay, useSayMaybe } from '../language.ts';
import { useDoing, useLoaded } from '../loaded.ts';
import { NeedsMore } from '../needs-more.tsx';
import { bury, useSession } from '../session.ts';
import { Come, Page, Sheet } from '../shell/page.tsx';
import { KeptList } from './kept-list.tsx';

export function DeletePage() {
  const say = useSay();
  const { may } = useSession();
  return (
    <Page title={say('delete.title')} lead={say('delete.lead')}>
      {may.includes('erase') ? <Preview /> : <NeedsMore />}
    </Page>
  );
}

function Preview() {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const preview = useLoaded<ErasePreview>('/erase');
  const [asked, setAsked] = useState(false);
  return (
    <Come loaded={preview}>
      {({ erases, keeps }) => (
        <>
          <Sheet title={say('delete.goes')}>
            <ul className="list-disc space-y-1 py-3.5 ps-9 pe-4 marker:text-soft">
              {erases.map((each) => (
                <li key={each}>{sayMaybe('class', each) ?? each}</li>
              ))}
            </ul>
          </Sheet>
          <Sheet title={say('delete.stays')}>
            <div className="px-4 py-3.5">
              {keeps.length === 0 ? say('delete.nothingStays') : <KeptList kept={keeps} />}
            </div>
          </Sheet>
          <Button look="danger" size="large" className="w-full sm:w-auto" onClick={() => setAsked(true)}>
            {say('delete.do')}
          </Button>
          {asked && <Question onClose={() => setAsked(false)} />}
        </>
      )}
    </Come>
  );
}

/** Yes and no are alike: neither is larger, and neither is hidden. */
function Question({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const { store } = useSession();
  const erasing = useDoing(async () => bury(await send<Erased>('/erase', { confirm: true }), store.name));
  return (
    <Dialog title={say('delete.ask')} closeLabel={say('app.close')} onClose={onClose}>
      <p>{say('delete.askSays')}</p>
      {erasing.failure !== null && (
        <div className="mt-3">
          <Failed failure={erasing.failure} />
        </div>
      )}
      <div className="mt-5 grid gap-2 sm:grid-cols-2">
        <Button size="large" disabled={erasing.busy} onClick={onClose}>
          {say('delete.no')}
        </Button>
        <Button size="large" busy={erasing.busy} onClick={() => void erasing.run()}>
          {say('delete.yes')}
        </Button>
      </div>
    </Dialog>
  );
}
