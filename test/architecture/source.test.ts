import { describe, expect, it } from 'vitest';
import { lineOf, scan } from './source.ts';

const specifiers = (text: string) => scan(text).imports.map(({ specifier }) => specifier);

describe('the import scanner', () => {
  it('finds every form of import and of re-export', () => {
    const text = [
      "import './effect.ts';",
      "import one, { two as deux } from './one.ts';",
      'import * as all from "./all.ts";',
      "import type { Three } from './three.ts';",
      "import {\n  four,\n  type Five,\n} from './four.ts';",
      "export { six } from './six.ts';",
      "export * as seven from './seven.ts';",
      "export type { Eight } from './eight.ts';",
      "const nine = await import('./nine.ts');",
      "const ten = require('./ten.ts');",
      "import{eleven}from'./eleven.ts'",
    ].join('\n');
    const names = ['effect', 'one', 'all', 'three', 'four', 'six', 'seven', 'eight', 'eleven', 'nine', 'ten'];
    expect(specifiers(text)).toEqual(names.map((name) => `./${name}.ts`));
  });

  it('knows an import of types alone from one that stays at run time', () => {
    const typeOnly = (text: string) => scan(text).imports.map((one) => one.typeOnly);
    expect(typeOnly("import type { A } from './a.ts';")).toEqual([true]);
    expect(typeOnly("import { type A, type B } from './a.ts';")).toEqual([true]);
    expect(typeOnly("import { type A, b } from './a.ts';")).toEqual([false]);
    expect(typeOnly("import type from './a.ts';")).toEqual([false]);
  });

  it('is not misled by imports inside comments, strings, templates and regular expressions', () => {
    const text = [
      "// import { a } from './a.ts';",
      "/* import { b } from './b.ts'; */",
      'const c = "import { c } from \'./c.ts\'";',
      "const d = `import { d } from './d.ts'`;",
      "const e = /import '.\\/e.ts'/;",
      "const f = 8 / 2; const g = '/'; // it's fine",
      "const h = `\x24{`inner \x24{'}'} import('./h.ts')`}`;",
      "import { real } from './real.ts';",
    ].join('\n');
    expect(specifiers(text)).toEqual(['./real.ts']);
  });

  it('sees an import inside the code of a template', () => {
    expect(specifiers("const a = `\x24{await import('./a.ts')}`;")).toEqual(['./a.ts']);
  });

  it('says when an import cannot be followed', () => {
    expect(scan('await import(name);').computed).toBe(true);
    expect(scan('await import(`./\x24{name}.ts`);').computed).toBe(true);
    expect(scan("await import('./name.ts'); cli.import(name); import.meta.url;").computed).toBe(false);
  });

  it('keeps offsets, so that a breach names its line', () => {
    const text = "/* two\nlines */\nimport { a } from './a.ts';\nconst any = 'any';";
    const { code, imports } = scan(text);
    expect(code).toHaveLength(text.length);
    expect(imports[0]?.line).toBe(3);
    expect(lineOf(code, code.indexOf('const'))).toBe(4);
    expect(code.slice(code.indexOf('const'))).toBe("const any = '   ';");
  });
});
