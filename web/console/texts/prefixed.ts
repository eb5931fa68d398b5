type Prefixed<P extends string, T> = { readonly [K in keyof T & string as `${P}${K}`]: string };

/** The same texts under names that begin with `prefix`. */
export function prefixed<const P extends string, T extends Readonly<Record<string, string>>>(
  prefix: P,
  texts: T,
): Prefixed<P, T> {
  const named = Object.entries(texts).map(([name, text]) => [`${prefix}${name}`, text]);
  return Object.fromEntries(named) as Prefixed<P, T>;
}
