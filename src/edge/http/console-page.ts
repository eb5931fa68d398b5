/** The one document of the console. What is on it comes from scripts; its addresses are those of the last build. */
import type { AppFiles } from './built-app.ts';

export function consolePage({ script, styles, preloads }: AppFiles): string {
  const at = (file: string) => `/console/${file}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Bailee</title>
<link rel="icon" href="data:,">
${styles.map((file) => `<link rel="stylesheet" href="${at(file)}">`).join('\n')}
${preloads.map((file) => `<link rel="modulepreload" href="${at(file)}">`).join('\n')}
<script type="module" src="${at(script)}"></script>
</head>
<body>
<div id="console"></div>
<noscript>The console needs JavaScript. 控制台需要 JavaScript。</noscript>
</body>
</html>
`;
}
