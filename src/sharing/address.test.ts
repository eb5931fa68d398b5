import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { isPrivateAddress, publicLookup, recipientUrl } from './address.ts';

const closed = { config: readConfig({}, null) };
const open = { config: readConfig({ BAILEE_PRIVATE_RECIPIENTS: 'true' }, null) };

describe('the address of a recipient', () => {
  it.each(['https://partner.example/hook', 'https://8.8.8.8:8443/a?b=c', 'https://[2606:4700::1111]/'])(
    '%s is taken as it is',
    (url) => {
      expect(recipientUrl(closed, url)).toBe(url);
    },
  );

  it.each([
    'http://partner.example/hook',
    'ftp://partner.example/',
    'https://user:word@partner.example/',
    'https://partner.example/#part',
    'not an address',
    'https://localhost/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
  ])('%s is refused', (url) => {
    expect(() => recipientUrl(closed, url)).toThrow(expect.objectContaining({ code: 'invalid_body' }));
  });

  it('may lie in a private network where the operator says so, and be plain on this machine alone', () => {
    expect(recipientUrl(open, 'https://10.1.2.3/hook')).toBe('https://10.1.2.3/hook');
    expect(recipientUrl(open, 'http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080/');
    expect(() => recipientUrl(open, 'http://10.1.2.3/')).toThrow();
    expect(() => recipientUrl(closed, 'http://127.0.0.1:8080/')).toThrow();
  });

  it('is looked at again when it is called: a name that leads into the private network is not', async () => {
    const looked = (ctx: Parameters<typeof publicLookup>[0]) =>
      new Promise<string>((resolve) =>
        publicLookup(ctx)('localhost', { all: false }, (error, address) =>
          resolve(error === null ? String(address) : String(error.code)),
        ),
      );
    expect(await looked(closed)).toBe('EPRIVATE');
    expect(await looked(open)).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  it('is private, too, where it is none', () => {
    for (const odd of ['', 'name', '999.1.1.1', '::', '64:ff9b::a00:1', '2002:a00:1::', 'ff02::1'])
      expect(isPrivateAddress(odd)).toBe(true);
    for (const fine of ['1.1.1.1', '2a00:1450:4001::1']) expect(isPrivateAddress(fine)).toBe(false);
  });
});
