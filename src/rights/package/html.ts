/**
 * The package as one page that needs nothing else: no script, no picture, no address. Every text in it is somebody's
 * own, and arrives as text: its policy forbids it to be anything else.
 */
import { createHash } from 'node:crypto';
import type { Block, Page } from '../paper/page.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1c1b1f;--soft:#5b5963;--line:#dcd9e2;--card:#fff;--ground:#f6f5f8;--accent:#3b4fb8}
@media (prefers-color-scheme:dark){:root{--ink:#ece9f1;--soft:#aeaab8;--line:#3a3742;--card:#23212a;--ground:#17161b;--accent:#a9b4ff}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.2rem;margin:2.5rem 0 .75rem;padding-top:.5rem}
h3{font-size:1rem;margin:0 0 .35rem}p{margin:.5rem 0}nav ol{columns:2;margin:.5rem 0;padding-left:1.25rem}nav{border-block:1px solid var(--line);padding:.75rem 0;margin-top:1rem}
a{color:var(--accent)}article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;margin:.6rem 0;break-inside:avoid}
dl{margin:0;display:grid;grid-template-columns:minmax(7rem,30%) 1fr;gap:.1rem .9rem}dt{color:var(--soft);font-size:.9rem}dd{margin:0}dd.all{grid-column:1/-1}
dd,p,h1,h3{overflow-wrap:anywhere;white-space:pre-wrap}@media (max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.35rem}nav ol{columns:1}}
@media print{body{background:none}nav{display:none}}`;

const HASH = createHash('sha256').update(STYLE).digest('base64');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD')
  );
}

/** UTF-8. */
export function htmlOf({ language, title, intro, contents, parts }: Page): string {
  const list = parts.map(({ id, title: name }) => `<li><a href="#${id}">${safe(name)}</a></li>`).join('');
  const sections = parts
    .map(
      ({ id, title: name, blocks }) =>
        `<section aria-labelledby="${id}"><h2 id="${id}">${safe(name)}</h2>\n${blocks.map(block).join('\n')}\n</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="${safe(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${safe(title)}</h1>
<p>${safe(intro)}</p>
<nav aria-label="${safe(contents)}"><strong>${safe(contents)}</strong><ol>${list}</ol></nav>
${sections}
</main>
</body>
</html>
`;
}

/** Directions of text are kept apart: nobody's value turns the words around it. */
function block(each: Block): string {
  if ('text' in each) return `<p>${safe(each.text)}</p>`;
  const lines = each.lines.map(([label, value]) =>
    label === ''
      ? `<dd class="all"><bdi>${safe(value)}</bdi></dd>`
      : `<dt>${safe(label)}</dt><dd><bdi>${safe(value)}</bdi></dd>`,
  );
  return `<article><h3><bdi>${safe(each.title)}</bdi></h3><dl>${lines.join('')}</dl></article>`;
}
