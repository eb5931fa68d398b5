/**
 * The look of banner, panel and way back. `revert` takes the page's own rules off what is inside; a shop sets
 * `--bailee-…` on `:root` for its colors, corner and font. A constructed sheet needs no leave of a content
 * security policy.
 */
const CSS = `
#bailee{--b:var(--bailee-back,#fff);--t:var(--bailee-text,#1b2226);--s:var(--bailee-soft,#55606a);--l:var(--bailee-line,#d5d9dc);--a:var(--bailee-accent,#1d2b33);--o:var(--bailee-on-accent,#fff);--r:var(--bailee-corner,12px);font:15px/1.5 var(--bailee-font,system-ui,sans-serif);color:var(--t);text-align:start;color-scheme:light}
@media (prefers-color-scheme:dark){#bailee{--b:var(--bailee-back,#1c2328);--t:var(--bailee-text,#eef1f2);--s:var(--bailee-soft,#b4bec5);--l:var(--bailee-line,#47525a);--a:var(--bailee-accent,#e3ebee);--o:var(--bailee-on-accent,#12191d);color-scheme:dark}}
#bailee *{all:revert;box-sizing:border-box;font:inherit;color:inherit;letter-spacing:normal}
#bailee section,#bailee dialog,#bailee>button{position:fixed;z-index:2147483647;background:var(--b);border:1px solid var(--l);border-radius:var(--r);box-shadow:0 8px 32px #0003}
#bailee section{bottom:12px;inset-inline:12px;max-width:40rem;max-height:calc(100% - 24px);margin:auto;padding:16px 20px;overflow:auto}
#bailee dialog{width:calc(100% - 24px);max-width:36rem;max-height:calc(100% - 24px);padding:20px}
#bailee dialog::backdrop{background:#0008}
#bailee h2{margin:0;font-size:17px;font-weight:650}
#bailee h2:focus{outline:0}
#bailee p{margin:6px 0 0;color:var(--s)}
#bailee a{color:var(--t)}
#bailee button{cursor:pointer;min-height:44px;padding:8px 16px;border:1px solid var(--a);border-radius:calc(var(--r)*.7);background:var(--a);color:var(--o);font-weight:600;flex:1 1 8rem}
#bailee button.q{min-height:32px;padding:2px 8px;flex-basis:6rem;background:0;border-color:#0000;color:var(--t);text-decoration:underline;text-underline-offset:3px;font-weight:400}
#bailee>button{bottom:12px;inset-inline-start:12px;z-index:2147483000;min-height:32px;padding:4px 12px;background:var(--b);border-color:var(--l);border-radius:99px;color:var(--t);font-size:13px;font-weight:400;box-shadow:0 1px 4px #0003}
#bailee :is(button,input,a):focus-visible{outline:3px solid var(--t);outline-offset:2px}
#bailee footer{display:flex;flex-wrap:wrap;gap:8px 10px;margin-top:14px}
#bailee header{display:flex;gap:12px;align-items:start;justify-content:space-between}
#bailee header button.q{flex:none;width:32px;padding:0;font-size:22px;line-height:1;text-decoration:none}
#bailee ul{list-style:none;margin:12px 0 0;padding:0}
#bailee li{display:flex;gap:16px;align-items:center;justify-content:space-between;padding:10px 0;border-top:1px solid var(--l)}
#bailee label{display:block;font-weight:600;cursor:pointer}
#bailee small{display:block;color:var(--s);font-size:13.5px}
#bailee input{appearance:none;flex:none;width:46px;height:26px;margin:0;border:2px solid var(--s);border-radius:99px;background:var(--b);cursor:pointer}
#bailee input::before{content:"";display:block;width:16px;height:16px;margin:3px;border-radius:50%;background:var(--s)}
#bailee input:checked{background:var(--a);border-color:var(--a)}
#bailee input:checked::before{margin-inline-start:23px;background:var(--o)}
#bailee input:disabled{opacity:.5;cursor:default}
@media (forced-colors:active){#bailee input{appearance:auto}#bailee input::before{display:none}}
`;

export function addStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
