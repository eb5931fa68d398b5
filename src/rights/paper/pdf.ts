/** A package or a report on paper: A4, the letters of Western Europe (docs/decisions/0017 says why no others). */
import type PDFDocument from 'pdfkit';
import type { Block, Paper } from './page.ts';

type Doc = InstanceType<typeof PDFDocument>;

const INK = '#1c1b1f';
const SOFT = '#5b5963';
const MARGIN = 56;
const LABEL_WIDTH = 120;
const BODY = 10;
const HEADING = 14;
const TITLE = 20;
/** Letters of Windows-1252 beyond Latin-1: the standard fonts of PDF hold them as well. */
const BESIDE_LATIN = 'ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™';

/** Resolves with the whole file. `note`: said at once where a letter had to be left out. */
export async function pdfOf(page: Paper, at: number, note: string): Promise<Buffer> {
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { default: Document } = await import('pdfkit');
  const doc = new Document({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: { Title: latin(page.title), CreationDate: new Date(at) },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.font('Helvetica-Bold').fontSize(TITLE).fillColor(INK).text(latin(page.title));
  doc.moveDown(0.5).font('Helvetica').fontSize(BODY).text(latin(page.intro));
  if (leavesOut(page)) doc.moveDown(0.5).font('Helvetica-Oblique').fillColor(SOFT).text(note);
  for (const part of page.parts) {
    if (doc.y > doc.page.height - MARGIN * 3) doc.addPage();
    doc.moveDown(1.2).font('Helvetica-Bold').fontSize(HEADING).fillColor(INK).text(latin(part.title), MARGIN);
    doc.moveDown(0.3);
    for (const each of part.blocks) write(doc, each);
  }
  numberPages(doc);
  doc.end();
  await done;
  return Buffer.concat(chunks);
}

function write(doc: Doc, block: Block): void {
  const width = doc.page.width - 2 * MARGIN;
  doc.fontSize(BODY).fillColor(INK);
  if ('text' in block) {
    doc.font('Helvetica').text(latin(block.text), MARGIN, doc.y, { width }).moveDown(0.4);
    return;
  }
  if (doc.y > doc.page.height - MARGIN * 2) doc.addPage();
  doc.font('Helvetica-Bold').text(latin(block.title), MARGIN, doc.y, { width });
  for (const [label, value] of block.lines) {
    const shown = latin(value);
    if (label === '') {
      doc.font('Helvetica').fillColor(INK).text(shown, MARGIN, doc.y, { width });
      continue;
    }
    const named = latin(label);
    doc.font('Helvetica').fillColor(SOFT);
    // A label stands beside its value, on the same page.
    const height = doc.heightOfString(named, { width: LABEL_WIDTH });
    if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
    const top = doc.y;
    const before = doc.bufferedPageRange().count;
    doc.text(named, MARGIN, top, { width: LABEL_WIDTH });
    const labelEnd = doc.y;
    doc.fillColor(INK).text(shown, MARGIN + LABEL_WIDTH + 12, top, { width: width - LABEL_WIDTH - 12 });
    if (doc.bufferedPageRange().count === before) doc.y = Math.max(doc.y, labelEnd);
  }
  doc.moveDown(0.6);
}

function numberPages(doc: Doc): void {
  const { count } = doc.bufferedPageRange();
  for (let nth = 0; nth < count; nth += 1) {
    doc.switchToPage(nth);
    doc.page.margins.bottom = 0;
    doc
      .font('Helvetica')
      .fontSize(8)
      .fillColor(SOFT)
      .text(`${nth + 1} / ${count}`, MARGIN, doc.page.height - MARGIN / 2 - 8, {
        width: doc.page.width - 2 * MARGIN,
        align: 'right',
        lineBreak: false,
      });
  }
}

/** One "…" for each run of letters that the font does not have. */
function latin(text: string): string {
  let shown = '';
  let left = false;
  for (const sign of text.normalize('NFC')) {
    const code = sign.codePointAt(0)!;
    const there =
      code === 10 ||
      (code >= 32 && code < 127) ||
      (code >= 160 && code <= 255) ||
      BESIDE_LATIN.includes(sign);
    if (there) shown += sign;
    else if (!left) shown += '…';
    left = !there;
  }
  return shown;
}

function leavesOut({ title, intro, parts }: Paper): boolean {
  const lacks = (text: string) => latin(text) !== text.normalize('NFC');
  return (
    [title, intro].some(lacks) || parts.some((part) => lacks(part.title) || part.blocks.some(blockLacks))
  );
}

function blockLacks(block: Block): boolean {
  const texts = 'text' in block ? [block.text] : [block.title, ...block.lines.flat()];
  return texts.some((text) => latin(text) !== text.normalize('NFC'));
}
