/** A control with its label, a hint and a fault, tied together for those who do not see them side by side. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

const CONTROL =
  'w-full rounded-md border border-line-strong bg-sheet px-2.5 text-sm text-ink placeholder:text-soft disabled:opacity-60 aria-invalid:border-bad';

interface Around {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly fault?: string | undefined;
  /** The label is there for screen readers alone. */
  readonly bare?: boolean;
}

interface Tied {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

function Field({
  label,
  hint,
  fault,
  bare = false,
  children,
}: Around & { readonly children: (tied: Tied) => ReactNode }) {
  const id = useId();
  const about = [hint === undefined ? [] : `${id}-hint`, fault === undefined ? [] : `${id}-fault`]
    .flat()
    .join(' ');
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={bare ? 'sr-only' : 'mb-1 block text-sm font-medium'}>
        {label}
      </label>
      {children({
        id,
        ...(about === '' ? {} : { 'aria-describedby': about }),
        ...(fault === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="mt-1 text-xs text-soft">
          {hint}
        </div>
      )}
      {fault !== undefined && (
        <div id={`${id}-fault`} className="mt-1 text-xs text-bad">
          {fault}
        </div>
      )}
    </div>
  );
}

type Props<Element> = Around & Omit<Element, 'id'>;

export function TextField({
  label,
  hint,
  fault,
  bare,
  className = '',
  ...rest
}: Props<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Field {...{ label, hint, fault, ...(bare === undefined ? {} : { bare }) }}>
      {(tied) => <input {...rest} {...tied} className={`${CONTROL} h-9 ${className}`} />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  fault,
  bare,
  className = '',
  ...rest
}: Props<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return (
    <Field {...{ label, hint, fault, ...(bare === undefined ? {} : { bare }) }}>
      {(tied) => (
        <textarea rows={4} {...rest} {...tied} className={`${CONTROL} py-2 leading-relaxed ${className}`} />
      )}
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function SelectField({
  label,
  hint,
  fault,
  bare,
  options,
  className = '',
  ...rest
}: Props<SelectHTMLAttributes<HTMLSelectElement>> & { readonly options: readonly Option[] }) {
  return (
    <Field {...{ label, hint, fault, ...(bare === undefined ? {} : { bare }) }}>
      {(tied) => (
        <select {...rest} {...tied} className={`${CONTROL} h-9 pr-7 ${className}`}>
          {options.map(({ value, label: name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
