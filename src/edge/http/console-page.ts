/** The one document of the console. What is on it comes from scripts; its addresses are those of the last build. */
import { readFileSync } from 'node:fs';

/** Names below `/console/`, with the hash of their content. */
export interface ConsoleFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** What the script needs first. */
  readonly preloads: readonly string[];
}

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** Null where the console is not built. @param path of the build's manifest */
export function consoleFiles(path: string): ConsoleFiles | null {
  const manifest = readManifest(path);
  if (manifest === null) return null;
  const chunks = Object.values(manifest).filter(({ isEntry }) => isEntry === true);
  const script = chunks.find(({ file }) => file.endsWith('.js'));
  if (script === undefined) return null;
  const styles = chunks.filter(({ file }) => file.endsWith('.css')).map(({ file }) => file);
  const preloads = (script.imports ?? []).flatMap((name) => manifest[name]?.file ?? []);
  return { script: script.file, styles, preloads };
}

function readManifest(path: string): Readonly<Record<string, Chunk>> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>;
  } catch {
    return null;
  }
}

export function consolePage({ script, styles, preloads }: ConsoleFiles): string {
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
