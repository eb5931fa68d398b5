/** `GET /` as a newcomer uses it: reads it, copies its commands, and compares the answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs `npx <words>` in the clone; resolves with what it said. */
type Npx = (words: readonly string[]) => Promise<string>;

/** What is wrong with the page. Its commands are run, the erasure last but one. */
export async function pageFaults(url: string, npx: Npx, log: (message: string) => void): Promise<string[]> {
  const faults: string[] = [];
  const page = await fetch(url, { headers: { 'accept-language': 'en' } });
  const html = await page.text();
  if (page.status !== 200) return [`GET / is answered ${page.status}`];
  const blocks = [...html.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/g)].map(([, inner]) =>
    plain(inner as string),
  );
  const commands = blocks.filter((text) => /^(?:curl|npx) /.test(text));
  const find = commands.find((text) => text.startsWith('curl') && text.includes('/api/customers/find'));
  const open = commands.find((text) => text.startsWith('curl') && /\/open'? /.test(text));
  const request = commands.find((text) => text.startsWith('curl') && /\/api\/requests'? /.test(text));
  const erase = commands.find((text) => text.startsWith('curl') && /\/erase'? /.test(text));
  const verify = commands.find((text) => /^npx --no-install bailee verify$/.test(text.trim()));
  for (const [name, command] of Object.entries({ find, open, request, erase, verify }))
    if (command === undefined) faults.push(`the page shows no command to ${name}`);
  if (!blocks.some((text) => /"ledgerIndex":\s*\d+/.test(text)))
    faults.push('the page shows no answer of an opening');
  if (!/The ledger holds/.test(plain(html))) faults.push('the page shows no answer of verify');
  if (!find || !open || !request || !erase || !verify) return faults;

  const found = await curl(find);
  const id = /"id":"([0-9a-f-]{36})"/.exec(found.text)?.[1];
  if (found.status !== 200 || id === undefined)
    faults.push(`the command to find is answered ${found.status}`);
  else if (!html.includes(id)) faults.push('the page shows another customer than its command finds');
  const opened = await curl(open);
  if (opened.status !== 200 || !/"state":"revealed"/.test(opened.text))
    faults.push(`the command to open is answered ${opened.status}`);
  const asked = await curl(request);
  if (asked.status !== 200) faults.push(`the command to write a request down is answered ${asked.status}`);
  const erased = await curl(erase);
  if (erased.status !== 200 || !/"receipt":/.test(erased.text))
    faults.push(`the command to erase is answered ${erased.status}`);
  const again = await curl(open);
  if (again.status === 200 && /"state":"(?:revealed|masked)"/.test(again.text))
    faults.push('after the command to erase, the command to open still shows something');
  const verified = await npx(verify.trim().split(/\s+/).slice(1));
  if (!/The ledger holds/.test(verified))
    faults.push(`the command to verify says: ${verified.trim().slice(0, 200)}`);
  log(`GET /: ${commands.length} commands shown; find, open, erase and verify tried`);
  return faults;
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** What the shell would give to curl, sent without it: a bare machine may have none. */
async function curl(command: string): Promise<{ status: number; text: string }> {
  const script = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n${command}\n`;
  const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  shell.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await once(shell, 'close');
  const [target = '', ...options] = said.split('\0');
  const headers: Record<string, string> = {};
  let body: string | undefined;
  for (let at = 0; at + 1 < options.length; at += 2) {
    const value = options[at + 1] ?? '';
    if (options[at] === '-d') body = value;
    else if (options[at] === '-H')
      headers[value.slice(0, value.indexOf(':'))] = value.slice(value.indexOf(':') + 1).trim();
  }
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await fetch(target, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, text: await answer.text() };
}
