import { describe, expect, it } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const OCTETS = 'application/octet-stream';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

describe('an attachment', () => {
  it.each([
    ['%PDF-1.7', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\x01\x02\x03\x04WEBPVP8 ', 'image/webp'],
    ['PK\x03\x04 any archive', 'application/zip'],
    ['PK\x03\x04 [Content_Types].xml word/document.xml', `${OFFICE}.wordprocessingml.document`],
    ['PK\x03\x04 [Content_Types].xml xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet`],
    ['Dear shop, \xc3\xa9', 'text/plain'],
    ['\x00\x01\x02', OCTETS],
  ])('is what its bytes say: %j', (content, type) => {
    expect(sniff(bytes(content), 'photo.bin')).toEqual({ type, unsafe: false });
  });

  it.each([
    ['MZ\x90\x00', 'photo.png'],
    ['\x7fELF', 'photo.png'],
    ['#!/bin/sh\n', 'notes.txt'],
    ['\xd0\xcf\x11\xe0\xa1\xb1', 'letter.doc'],
    ['<svg onload="x()">', 'photo.png'],
    ['\n <!DOCTYPE html><p>', 'notes.txt'],
    ['\xff\xfe<\x00s\x00c\x00r\x00i\x00p\x00t\x00>\x00', 'notes.txt'],
    ['alert(1)', 'notes.js'],
    ['echo', 'notes.txt.BAT'],
    ['\x00\x01\x02', 'setup.exe'],
  ])('that may run something is unsafe, and nothing but bytes: %j as %s', (content, name) => {
    expect(sniff(bytes(content), name)).toEqual({ type: OCTETS, unsafe: true });
  });

  it('that is a document with macros is unsafe', () => {
    const macros = bytes('PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin');
    expect(sniff(macros, 'letter.docx').unsafe).toBe(true);
  });
});
