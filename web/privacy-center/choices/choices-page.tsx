/** Each purpose with its yes and its no, side by side and alike; and what was chosen before. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/states.tsx';
import { send } from '../api/call.ts';
import type { Choices, Chosen } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';
import { renew, useDoing, useLoaded } from '../loaded.ts';
import { choicesPath } from '../purposes.ts';
import { saveReceipt } from '../save.ts';
import { Come, Page, Sheet, Told } from '../shell/page.tsx';
import type { TextKey } from '../texts/shape.ts';
import { History } from './history.tsx';
import { PurposeChoice } from './purpose-choice.tsx';

const NECESSARY = ['order-fulfilment', 'customer-service', 'fraud-prevention', 'legal-duty'] as const;

export function ChoicesPage() {
  const say = useSay();
  const choices = useLoaded<Choices>(choicesPath(useLanguage()));
  return (
    <Page title={say('choices.title')} lead={say('choices.lead')}>
      <Come loaded={choices} lines={8}>
        {(answer) => <Chooser choices={answer} />}
      </Come>
    </Page>
  );
}

interface Saved {
  readonly words: TextKey;
  readonly receipt: unknown;
}

function Chooser({ choices }: { readonly choices: Choices }) {
  const say = useSay();
  const [saved, setSaved] = useState<Saved | null>(null);
  const choosing = useDoing(async (chosen: Readonly<Record<string, boolean>>) => {
    setSaved(null);
    const { notice } = choices;
    const answer = await send<Chosen>('/choices', {
      choices: chosen,
      ...(notice === null ? {} : { notice }),
      id: crypto.randomUUID(),
    });
    await renew('/choices');
    const several = Object.keys(chosen).length > 1;
    setSaved({ words: several ? 'choices.allNoDone' : 'choices.saved', receipt: answer.receipt });
  });
  const open = choices.purposes.some(({ state }) => state === 'granted');
  return (
    <>
      {choices.gpc === 'honored' && <Notice look="plain">{say('choices.gpc')}</Notice>}
      <Sheet>
        <ul className="divide-y divide-line">
          {choices.purposes.map(({ purpose, name, description, state }) => (
            <li key={purpose}>
              <PurposeChoice
                purpose={purpose}
                name={name}
                description={description}
                state={state}
                busy={choosing.busy}
                onChoose={(yes) => void choosing.run({ [purpose]: yes })}
              />
            </li>
          ))}
        </ul>
      </Sheet>
      <div className="sticky bottom-3 empty:hidden">
        {choosing.failure !== null && <Failed failure={choosing.failure} />}
        <Told>{saved === null ? null : <SavedNote saved={saved} />}</Told>
      </div>
      {open && (
        <Button
          disabled={choosing.busy}
          className="w-full"
          onClick={() =>
            void choosing.run(Object.fromEntries(choices.purposes.map(({ purpose }) => [purpose, false])))
          }
        >
          {say('choices.allNo')}
        </Button>
      )}
      <Sheet title={say('choices.always')}>
        <ul className="list-disc space-y-1 py-3.5 ps-9 pe-4 marker:text-soft">
          {NECESSARY.map((purpose) => (
            <li key={purpose}>{say(`purpose.${purpose}`)}</li>
          ))}
        </ul>
      </Sheet>
      <History />
    </>
  );
}

function SavedNote({ saved: { words, receipt } }: { readonly saved: Saved }) {
  const say = useSay();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span>{say(words)}</span>
      {receipt !== undefined && (
        <Button onClick={() => saveReceipt(receipt, 'choice-receipt.json')}>{say('choices.receipt')}</Button>
      )}
    </div>
  );
}
