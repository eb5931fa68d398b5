/** Starts the console: the language first, then the page. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startLanguage } from './language.ts';
import { applyTheme, storedTheme } from './theme.ts';

applyTheme(storedTheme());
const place = document.getElementById('console');
if (place !== null) {
  await startLanguage();
  createRoot(place).render(<App />);
}
