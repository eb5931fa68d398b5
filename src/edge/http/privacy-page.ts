/** The one document of the privacy center: language and direction; what is on it comes from scripts. */
import { CENTER_LANGUAGES, type CenterLanguage } from '../../../contract/center-languages.ts';
import { bestLanguage } from '../../consent/texts.ts';
import type { AppFiles } from './built-app.ts';

/** `?lang=` first, then the first of `Accept-Language` that there is, else English. */
export function centerLanguage(query: unknown, accepted: string | undefined): CenterLanguage {
  const asked = typeof query === 'string' ? [query] : (accepted ?? '').split(',');
  for (const range of asked) {
    const tag = range.split(';')[0]!.trim();
    const best = bestLanguage(tag, Object.keys(CENTER_LANGUAGES)) as CenterLanguage;
    if (best !== 'en' || /^en\b/i.test(tag)) return best;
  }
  return 'en';
}

/** The words come with the first scripts, not after them. @param look the shop has a style of its own, which comes last */
export function privacyPage(
  language: CenterLanguage,
  { script, styles, preloads, chunk }: AppFiles,
  look: boolean,
): string {
  const at = (file: string) => `/privacy/${file}`;
  const words = chunk(`web/privacy-center/texts/${language}.ts`);
  const sheets = look ? [...styles, 'look.css'] : styles;
  const first = [...new Set([...preloads, ...words])].filter((file) => file !== script);
  return `<!doctype html>
<html lang="${language}" dir="${CENTER_LANGUAGES[language].direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Privacy</title>
<link rel="icon" href="data:,">
${sheets.map((file) => `<link rel="stylesheet" href="${at(file)}">`).join('\n')}
${first.map((file) => `<link rel="modulepreload" href="${at(file)}">`).join('\n')}
<script type="module" src="${at(script)}"></script>
</head>
<body>
<div id="center"></div>
<noscript>This page needs JavaScript. 此页面需要 JavaScript。</noscript>
</body>
</html>
`;
}
