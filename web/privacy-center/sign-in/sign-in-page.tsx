/** The way in: a code by e-mail, or the number of an order. It says the same to those whom the shop knows and to strangers. */
import { useEffect, useRef, useState } from 'react';
import { Notice } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { Door } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { useLoaded } from '../loaded.ts';
import type { Outside } from '../session.ts';
import { Frame } from '../shell/frame.tsx';
import { Waiting } from '../shell/page.tsx';
import type { TextKey } from '../texts/shape.ts';
import { CodeForm } from './code-form.tsx';
import { OrderForm } from './order-form.tsx';

const TOLD: Readonly<Partial<Record<Outside, TextKey>>> = {
  'handing-failed': 'in.handFailed',
  'nothing-held': 'in.nothing',
  ended: 'in.ended',
  left: 'app.signedOut',
};

export function SignInPage({ because }: { readonly because: Outside }) {
  const say = useSay();
  const door = useLoaded<Door>('');
  const heading = useRef<HTMLHeadingElement>(null);
  const told = TOLD[because];
  useEffect(() => {
    document.title = say('app.title');
    // Whoever comes here for the first time starts at the top of the document.
    if (because !== 'first') heading.current?.focus();
  }, [say, because]);
  return (
    <Frame store={door.data?.store.name ?? null}>
      <div className="mx-auto max-w-md sm:py-6">
        <h1
          ref={heading}
          tabIndex={-1}
          className="text-3xl leading-tight font-semibold tracking-tight text-balance"
        >
          {say('in.title')}
        </h1>
        <p className="mt-3 text-pretty text-soft">{say('in.lead')}</p>
        <div role="status" className="mt-5 empty:hidden">
          {told !== undefined && <Notice look={because === 'left' ? 'good' : 'warn'}>{say(told)}</Notice>}
        </div>
        <div className="mt-6">
          {door.failure !== null && <Failed failure={door.failure} onRetry={door.again} />}
          {door.failure === null && door.data === null && <Waiting label={say('app.loading')} />}
          {door.data !== null && <Ways ways={door.data.ways} />}
        </div>
      </div>
    </Frame>
  );
}

function Ways({ ways }: { readonly ways: Door['ways'] }) {
  const say = useSay();
  const [way, setWay] = useState<'code' | 'order'>(ways.includes('code') ? 'code' : 'order');
  return (
    <section aria-label={say('in.prove')}>
      <p className="mb-3">{say('in.prove')}</p>
      <div className="rounded-xl border border-line bg-sheet">
        {ways.includes('code') ? (
          <Tabs
            label={say('in.prove')}
            chosen={way}
            onChoose={setWay}
            tabs={[
              { name: 'code', label: say('in.byEmail') },
              { name: 'order', label: say('in.byOrder') },
            ]}
          >
            <div className="p-4 sm:p-5">{way === 'code' ? <CodeForm /> : <OrderForm />}</div>
          </Tabs>
        ) : (
          <div className="p-4 sm:p-5">
            <OrderForm />
          </div>
        )}
      </div>
    </section>
  );
}
