/** All rules of the house, over one tree. What tools prove better (types, format) is left to them. */
import { importBreaches } from './import-rules.ts';
import { shapeBreaches } from './shape-rules.ts';
import { textBreaches } from './text-rules.ts';
import { type Breach, codeFiles, type Tree } from './tree.ts';

/** Every breach in the tree, each with rule, place and a sentence. */
export function breaches(tree: Tree): Breach[] {
  const files = codeFiles(tree);
  return [...importBreaches(files), ...textBreaches(files), ...shapeBreaches(tree, files)];
}
