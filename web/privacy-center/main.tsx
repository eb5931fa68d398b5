/** Starts the privacy center: what the shop handed over first, then the words, then the page. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeHandOver } from './hand-over.ts';
import { startLanguage } from './language.ts';
import { findOut } from './session.ts';

takeHandOver();
// A way from the shop to where one already is changes the fragment alone, and loads nothing.
addEventListener('hashchange', () => {
  if (takeHandOver()) void findOut();
});
const place = document.getElementById('center');
if (place !== null) {
  await startLanguage();
  createRoot(place).render(<App />);
}
