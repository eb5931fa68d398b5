/** The look of the first page. Its hash stands in the Content-Security-Policy: no other style runs. */
export const WELCOME_STYLE = `
:root{color-scheme:light dark;
--paper:#fbfaf7;--sheet:#fff;--ink:#1c2226;--soft:#566067;--line:#e2dfd7;--code:#f4f2ec;--accent:#17604a;--on-accent:#fff;
--key:#7a3e00;--text:#17604a;--number:#1d4f91;
--good:#17604a;--good-bg:#e0f1e9;--warn:#7d4e00;--warn-bg:#fbeed3;--off:#5b6168;--off-bg:#ebeae6}
@media (prefers-color-scheme:dark){:root{
--paper:#14181b;--sheet:#1a1f23;--ink:#e8e8e3;--soft:#a6b0b6;--line:#30373d;--code:#11161a;--accent:#7fcfae;--on-accent:#0d1f18;
--key:#e3b27c;--text:#8fd6b7;--number:#9cc4f5;
--good:#8fdcba;--good-bg:#16372b;--warn:#efc67c;--warn-bg:#3b2c10;--off:#b3bbc1;--off-bg:#2a3035}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.wrap{max-width:54rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--accent);text-underline-offset:.2em}
a:focus-visible,pre:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--sheet);padding:.5rem 1rem;z-index:1}
.bar{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:1.25rem 0}
.brand{display:flex;align-items:center;gap:.6rem;font-weight:700;font-size:1.15rem;letter-spacing:-.01em}
.brand svg{width:1.75rem;height:1.75rem;color:var(--accent)}
.lang{display:flex;gap:.75rem;font-size:.9rem}
.lang [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.hero{padding:2rem 0 1.5rem}
h1{margin:0 0 .75rem;font-size:clamp(1.8rem,5vw,2.6rem);line-height:1.2;letter-spacing:-.02em;text-wrap:balance}
.lead{margin:0;max-width:44rem;font-size:1.125rem;color:var(--soft)}
.facts{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.25rem 0 0;padding:0;list-style:none;font-size:.85rem}
.facts li{padding:.15rem .65rem;border:1px solid var(--line);border-radius:99rem;background:var(--sheet);color:var(--soft);overflow-wrap:anywhere}
.note{margin:.75rem 0 0;padding:.7rem 1rem;border-left:4px solid var(--accent);background:var(--sheet);border-radius:0 .5rem .5rem 0;font-size:.95rem}
.note.trial{border-color:var(--warn)}
h2{margin:3rem 0 .35rem;font-size:1.5rem;line-height:1.3;letter-spacing:-.01em}
.hint{margin:0 0 1.25rem;color:var(--soft)}
.steps{margin:0;padding:0;list-style:none;counter-reset:step}
.step{counter-increment:step;margin:0 0 1.25rem;padding:1.4rem 1.5rem 1.5rem;background:var(--sheet);border:1px solid var(--line);border-radius:.9rem}
.step>header{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem .75rem}
.step>header::before{content:counter(step);display:grid;place-items:center;width:2rem;height:2rem;border-radius:50%;background:var(--accent);color:var(--on-accent);font-weight:700}
h3{margin:0;font-size:1.2rem}
.who{font-size:.85rem;color:var(--soft)}
.step p{margin:.7rem 0 0}.step p bdi{white-space:nowrap}
.step.plain{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.75rem}.step.plain::before{content:counter(step);display:grid;place-items:center;width:2rem;height:2rem;border-radius:50%;background:var(--accent);color:var(--on-accent);font-weight:700}.step.plain>*{grid-column:2;margin:0}.step.plain>p:first-child{align-self:center}
h4{margin:1.1rem 0 .35rem;font-size:.8rem;font-weight:600;color:var(--soft)}
pre{margin:0;padding:.8rem 1rem;overflow:auto;background:var(--code);border:1px solid var(--line);border-radius:.5rem;font:.84rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","Noto Sans Mono CJK SC",monospace;tab-size:2}
pre.copy code{-webkit-user-select:all;user-select:all;cursor:copy}
pre code,.step pre code{padding:0;background:none;border-radius:0;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
pre.answer{max-height:22rem}
p code,li code{padding:.1em .35em;border-radius:.3em;background:var(--code);font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.k{color:var(--key)}.s{color:var(--text)}.n{color:var(--number)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
table{width:100%;border-collapse:collapse;font-size:.88rem;line-height:1.45}
th,td{padding:.5rem .75rem;text-align:left;vertical-align:top}
thead th{font-weight:600;color:var(--soft);background:var(--code)}
tbody tr{border-top:1px solid var(--line)}
tbody th{font:inherit;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.95em;white-space:nowrap}
td.v{min-width:9rem;overflow-wrap:anywhere}td.b{min-width:12rem;color:var(--soft)}
.state{display:inline-block;padding:.05rem .55rem;border-radius:99rem;font-size:.82rem;font-weight:600;white-space:nowrap;color:var(--off);background:var(--off-bg)}
.state.revealed{color:var(--good);background:var(--good-bg)}
.state.masked{color:var(--warn);background:var(--warn-bg)}
details{margin-top:.75rem}
summary{cursor:pointer;width:fit-content;color:var(--accent);font-size:.92rem}
details pre{margin-top:.5rem}
.panel{padding:1.4rem 1.5rem 1.5rem;background:var(--sheet);border:1px solid var(--line);border-radius:.9rem}
.panel p{margin:0 0 .9rem}.panel pre+p{margin:.9rem 0 0}
.panel ol{margin:0 0 .25rem;padding-left:1.4rem}.panel ol li+li{margin-top:.35rem}
.more{margin:.5rem 0 0;padding-left:1.2rem}.more li{margin:.3rem 0}
footer{margin:3.5rem 0 0;padding:1.25rem 0 2.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
@media (max-width:40rem){.wrap{padding:0 1rem}.hero{padding-top:1rem}.lead{font-size:1.05rem}.step,.panel{padding:1.1rem 1rem 1.2rem}h2{margin-top:2.25rem}pre{font-size:.78rem;padding:.7rem .8rem}
.scroll{border:0;overflow:visible}table,tbody,tr,th,td{display:block}thead{position:absolute;left:-999rem}tbody tr{padding:.6rem 0}tbody tr:first-child{border-top:0}th,td{padding:.1rem 0}td.v,td.b{min-width:0}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
