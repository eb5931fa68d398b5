/** Elements by name, attributes and children. What is text stays text. */
export type Child = Node | string | null | false;
type Value = string | number | boolean | ((event: Event) => void) | undefined;

/** `onclick` and its like listen; true sets an empty attribute; false and undefined set none. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** A drawing of ours, 120 by 120; it says nothing that the name beside it does not. */
export function drawing(shapes: string, viewBox = '0 0 120 120'): HTMLElement {
  const frame = h('span', { class: 'drawing', 'aria-hidden': 'true' });
  // The shapes are constants of this bundle; nothing that anyone typed is among them.
  frame.innerHTML = `<svg viewBox="${viewBox}" focusable="false">${shapes}</svg>`;
  return frame;
}
