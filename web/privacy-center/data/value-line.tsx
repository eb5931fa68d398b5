/** A field: its value, its reasons, and the way to correct it. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import type { Held, HeldValue } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useFieldName, useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Told } from '../shell/page.tsx';
import { CorrectForm, correctable } from './correct-form.tsx';
import { Line } from './line.tsx';
import { Recipients, Retained, Sources, Why } from './reasons.tsx';

/** What somebody is found by: whoever could change it here could take an account over. */
const SIGNS_IN = ['contact.email', 'contact.phone'];

export function ValueLine({ held, value }: { readonly held: Held; readonly value: HeldValue }) {
  const say = useSay();
  const format = useFormat();
  const fieldName = useFieldName();
  const { may } = useSession();
  const [correcting, setCorrecting] = useState(false);
  const [corrected, setCorrected] = useState(false);
  const { field, state, because, purposes, retention, sources } = value;
  const shown = state === 'described' ? null : format.value(value.value);
  const laws = [...new Set(because.map(({ source }) => source))].filter((source) => source !== '');
  const name = fieldName(field);
  return (
    <Line name={name} value={shown ?? <span className="text-soft">{say('data.hidden')}</span>}>
      {state === 'described' && (
        <p className="text-sm">
          {say('data.described')} {laws.length > 0 && `(${laws.join('; ')})`}
        </p>
      )}
      <Why purposes={purposes} held={held} />
      <Sources sources={sources} />
      <Retained name={retention} held={held} />
      <Recipients held={held} purposes={purposes} />
      {state === 'given' && SIGNS_IN.includes(field) && (
        <p className="text-sm text-soft">{say('data.atShop')}</p>
      )}
      <Told>{corrected ? say('data.corrected') : null}</Told>
      {may.includes('correct') && value.correctable && correctable(value.value) && !correcting && (
        <Button
          onClick={() => {
            setCorrected(false);
            setCorrecting(true);
          }}
        >
          {say('data.correct')}
          <span className="sr-only">: {name}</span>
        </Button>
      )}
      {correcting && (
        <CorrectForm
          field={field}
          name={name}
          value={value.value}
          onDone={(saved) => {
            setCorrecting(false);
            setCorrected(saved);
          }}
        />
      )}
    </Line>
  );
}
