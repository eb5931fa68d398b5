/** Elements without markup strings: nothing that a server says can become code, and strict policies hold. */
type Attributes = Readonly<Record<string, string | boolean | EventListener | undefined>>;

/** `true` sets an empty attribute, `false` and undefined set none, a function listens to clicks. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (typeof value === 'function') made.addEventListener('click', value);
    else if (value || value === '') made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
}
