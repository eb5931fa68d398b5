import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = join(fileURLToPath(new URL('.', import.meta.url)), '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && ending.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
/** What runs: server, browser code and pages, without their tests. */
const sources = ['src', 'sdk', 'web', 'contract']
  .flatMap((folder) => files(folder, /\.(ts|tsx|mjs)$/))
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: read(path) }));
const server = sources.filter(({ path }) => path.startsWith('src/'));
const having = (sign: RegExp, where = sources) =>
  where.filter(({ text }) => sign.test(text)).map(({ path }) => path);
const all = (sign: RegExp, where = sources) =>
  where.flatMap(({ text }) => [...text.matchAll(sign)].map(([, found]) => found));

describe('the code that runs', () => {
  it('reads a tree that is there', () => {
    expect(server.length).toBeGreaterThan(300);
    expect(having(/createTransport\(/)).toEqual(['src/platform/smtp.ts']);
  });

  it('runs no text as code, and starts no other program', () => {
    expect(having(/\beval\(|new Function\b|['"]node:vm['"]|setTimeout\(\s*['"`]/)).toEqual([]);
    expect(having(/['"](node:)?child_process['"]|['"](node:)?worker_threads['"]/, server)).toEqual([]);
  });

  it('writes markup into a page at one place, from shapes of its own', () => {
    const signs = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML/;
    expect(having(signs)).toEqual(['web/storefront/markup.ts']);
  });

  it('calls the addresses that the operator named, and no other', () => {
    const calls =
      /\bfetch\(|\bcreateTransport\(|new ImapFlow\(|from 'node:(http|https|net|dgram|tls)'|from 'undici'/;
    const reaching = having(calls, server).filter((path) => !/^src\/(edge\/cli|client)\//.test(path));
    expect(reaching.filter((path) => !OUTSIDE.includes(path))).toEqual([]);
  });

  it('seals by AES-256-GCM, and holds other modes only as parts of FF1, SIV and CMAC', () => {
    const code = server.filter(({ path }) => !path.startsWith('src/detect/words/'));
    const library = ['src/anonymize/cmac.ts', 'src/anonymize/ff1.ts', 'src/anonymize/siv.ts'];
    expect(having(/createCipheriv\(/, code).sort()).toEqual([...library, 'src/keys/cipher.ts']);
    const modes = all(
      /create(?:C|Dec)ipheriv\(([^,]+),/g,
      code.filter(({ path }) => !library.includes(path)),
    );
    expect(new Set(modes)).toEqual(new Set(["'aes-256-gcm'"]));
    expect(having(/-(ecb|cfb|ofb)['"]|'des-|\brc4\b|RSA_PKCS1_PADDING|blowfish/i, code)).toEqual([]);
  });

  it('hashes by SHA-256 and longer; SHA-1 stands in the codes of authenticator apps alone', () => {
    const hashes = all(/create(?:Hash|Hmac)\('([^']+)'/g, server);
    expect(hashes.length).toBeGreaterThan(15);
    expect(hashes.filter((name) => !['sha256', 'sha384', 'sha512'].includes(name!))).toEqual([]);
    expect(having(/\bmd5\b|['"]sha1['"]|'SHA1'/i, server)).toEqual(['src/staff/sign-in/one-time-code.ts']);
  });

  it('takes what must not be guessed from the system’s random source: other chance only spaces out tries', () => {
    const chance = having(/Math\.random\(/, server).sort();
    expect(chance).toEqual(['src/platform/database.ts', 'src/platform/jobs.ts']);
    for (const path of chance)
      for (const line of read(path)
        .split('\n')
        .filter((each) => each.includes('Math.random')))
        expect(line).toContain('setTimeout(wake');
  });

  it('compares secrets in constant time', () => {
    for (const path of ['src/consent/unsubscribes.ts', 'src/edge/http/keys.ts', 'src/keys/hierarchy.ts'])
      expect(read(path)).toContain('timingSafeEqual');
  });

  it('holds no secret: no key, no password and no address with one', () => {
    const secret =
      /-----BEGIN [A-Z ]*PRIVATE KEY|\b(bla|bls)_[A-Za-z0-9_-]{43}|(postgres|smtps?):\/\/\w+:[^@\s$@{]{6,}@/;
    // Examples of addresses in sentences of help.
    expect(
      having(secret).filter((path) => !['src/edge/cli/move.ts', 'src/platform/config.ts'].includes(path)),
    ).toEqual([]);
  });
});

/** Who opens connections: the mail server, the mailbox, recipients, PostgreSQL's embedded socket, and the server's own. */
const OUTSIDE = [
  'src/platform/scanner.ts',
  'src/platform/smtp.ts',
  'src/cases/mail/mailbox.ts',
  'src/sharing/address.ts',
  'src/sharing/post.ts',
  'src/edge/http/server.ts',
  'src/edge/http/where.ts',
  'src/edge/http/edge.ts',
  'src/edge/http/own-address.ts',
  'src/platform/config.ts',
  'src/platform/database.ts',
  'src/platform/embedded.ts',
];

describe('the pages of the console', () => {
  const pages = sources.filter(({ path }) => path.startsWith('web/console/'));

  it('hides what is typed as a password, and lets it be pasted and filled in', () => {
    const fields = pages.flatMap(
      ({ text }) => text.match(/<TextField[^>]*[pP]assword[^>]*>|<input[^>]*[pP]assword[^>]*>/g) ?? [],
    );
    expect(fields.length).toBeGreaterThanOrEqual(2);
    for (const field of fields) {
      expect(field).toContain('type="password"');
      expect(field).toMatch(/autoComplete="(current|new)-password"/);
    }
    expect(having(/onPaste|onCopy|onContextMenu|autoComplete="off"[^>]*password/, pages)).toEqual([]);
  });

  it('has a way to sign out on every page behind the sign-in', () => {
    expect(read('web/console/shell/shell.tsx')).toContain('<AccountMenu');
    expect(read('web/console/shell/account-menu.tsx')).toContain("say('account.signOut')");
    expect(read('web/console/api/own.ts')).toContain("'/api/session/end'");
  });

  it('keeps the language and the look in the browser, and nothing of anybody', () => {
    const storing = pages.filter(({ text }) =>
      /localStorage|sessionStorage|indexedDB|document\.cookie/.test(text),
    );
    expect(storing.map(({ path }) => path).sort()).toEqual([
      'web/console/language.ts',
      'web/console/theme.ts',
    ]);
  });
});

const REGISTRY = 'https://registry.npmjs.org/';

describe('the parts that are bought', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { resolved?: string; integrity?: string; inBundle?: boolean }>;
  };
  const bought = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));

  it('are listed one by one with the hash of their content, and come from the registry alone', () => {
    expect(bought.length).toBeGreaterThan(200);
    // A bundled part came within another one, under its hash.
    const own = bought.filter(([, { inBundle }]) => inBundle !== true);
    const loose = own.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
    // The registry that npm is set to, unless an address is named.
    const elsewhere = own.filter(([, { resolved = REGISTRY }]) => !resolved.startsWith(REGISTRY));
    expect([...loose, ...elsewhere].map(([path]) => path)).toEqual([]);
  });

  it('are named by exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('hold nothing that speaks LDAP, XPath, LaTeX, JNDI, memcache, GraphQL, WebSocket or WebRTC', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const speaking =
      /ldap|xpath|xml2js|fast-xml|libxml|latex|memcache|graphql|^ws$|socket\.io|websocket|webrtc|simple-peer/;
    expect(Object.keys(dependencies).filter((name) => speaking.test(name))).toEqual([]);
    expect(
      having(/\bnew WebSocket\(|RTCPeerConnection|DOMParser|XMLHttpRequest|@fastify\/websocket/),
    ).toEqual([]);
  });

  it('that only tests and builds need are not shipped', () => {
    const { files: shipped, devDependencies } = JSON.parse(read('package.json')) as {
      files: string[];
      devDependencies: Record<string, string>;
    };
    expect(shipped.filter((path) => /test|accept|bench|docs|examples/.test(path))).toEqual([]);
    const names = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/'));
    const imported = new Set(all(/^import [^;]*? from '((?:@[\w.-]+\/)?[\w.-]+)/gm, server));
    expect(names.filter((name) => imported.has(name))).toEqual([]);
  });
});
