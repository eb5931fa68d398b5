import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structureOf } from './structure.ts';

const FAR = { parts: 1e6, depth: 1e6 };
const measured = (text: string) => structureOf(Buffer.from(text), FAR);

describe('the structure of a mail', () => {
  it('is counted from its boundaries, quoted, folded and bare', () => {
    expect(measured('From: a@b\r\n\r\nwords')).toEqual({ parts: 0, depth: 0 });
    const outer = 'Content-Type: multipart/mixed;\r\n boundary="a b"\r\n\r\n';
    const inner =
      'Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c\r\n\r\ny\r\n--c--\r\n';
    expect(measured(`${outer}--a b\r\n${inner}--a b\r\n\r\nz\r\n--a b--\r\n`)).toEqual({
      parts: 4,
      depth: 2,
    });
  });

  it('counts mails within mails, and ends with the multipart around them', () => {
    const mail = 'Content-Type: message/rfc822\n\n';
    expect(measured(`${mail.repeat(3)}Subject: x\n\ny`).depth).toBe(3);
    const two = `--b\n${mail}\n\n`.repeat(2);
    expect(measured(`Content-Type: multipart/digest; boundary=b\n\n${two}--b--\n`)).toEqual({
      parts: 2,
      depth: 2,
    });
  });

  it('stops soon beyond what is allowed, and takes any bytes', () => {
    const wide = `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(1000)}`;
    expect(structureOf(Buffer.from(wide), { parts: 50, depth: 10 }).parts).toBe(51);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        structureOf(Buffer.from(bytes), FAR);
      }),
    );
  });
});
