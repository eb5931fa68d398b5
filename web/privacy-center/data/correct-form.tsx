/** The right value of a field, typed where the wrong one stands. */
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { send } from '../api/call.ts';
import { Failed } from '../failed.tsx';
import { useSay, useSayMaybe } from '../language.ts';
import { renew, useDoing } from '../loaded.ts';

type Part = string | number;
type Parts = Readonly<Record<string, Part>>;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function isPart(value: unknown): value is Part {
  return typeof value === 'string' || typeof value === 'number';
}

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && Object.values(value).every(isPart);
}

/** Whether the page has a form for such a value: one that is typed, or an address in its parts. */
export function correctable(value: unknown): boolean {
  return isPart(value) || (isParts(value) && !Array.isArray(value));
}

/** A number stays one. */
function typed(words: string, before: Part): Part {
  const number = Number(words);
  return typeof before === 'number' && !Number.isNaN(number) ? number : words.trim();
}

interface CorrectFormProps {
  readonly field: string;
  readonly name: string;
  readonly value: unknown;
  readonly onDone: (saved: boolean) => void;
}

export function CorrectForm({ field, name, value, onDone }: CorrectFormProps) {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const before: Parts = isPart(value) ? { '': value } : (value as Parts);
  const [parts, setParts] = useState(() =>
    Object.fromEntries(Object.entries(before).map(([part, words]) => [part, String(words)])),
  );
  const saving = useDoing(async () => {
    const next = Object.fromEntries(
      Object.entries(parts).map(([part, words]) => [part, typed(words, before[part]!)]),
    );
    await send('/correct', { field, value: isPart(value) ? next[''] : next });
    await renew('/held');
    onDone(true);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void saving.run();
  };
  return (
    <form onSubmit={submit} className="space-y-3" aria-label={say('data.correctTitle', { field: name })}>
      {Object.entries(parts).map(([part, words], at) => (
        <TextField
          key={part}
          label={part === '' ? say('data.newValue') : (sayMaybe('part', part) ?? part)}
          type={DAY.test(String(before[part])) ? 'date' : 'text'}
          autoFocus={at === 0}
          maxLength={500}
          dir="auto"
          value={words}
          onChange={({ target }) => setParts({ ...parts, [part]: target.value })}
        />
      ))}
      {saving.failure !== null && <Failed failure={saving.failure} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" busy={saving.busy}>
          {say('data.save')}
        </Button>
        <Button onClick={() => onDone(false)}>{say('app.cancel')}</Button>
      </div>
    </form>
  );
}
