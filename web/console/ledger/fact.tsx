/** A name and what it is, beside each other where there is room. */
import type { ReactNode } from 'react';

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="group contents">
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 max-sm:mb-3 max-sm:group-last:mb-0">{children}</dd>
    </div>
  );
}
