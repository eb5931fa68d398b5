#!/usr/bin/env node
/** What the documents use of curl, over fetch: a bare machine has no curl. The statuses go to the file `CURL_STATUS`. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const headers = new Headers();
const request = { headers };
let url = '';
let output = null;
const words = process.argv.slice(2);
const take = () => {
  const value = words.shift();
  if (value === undefined) throw new Error('curl: an option lacks its value');
  return value;
};
while (words.length > 0) {
  const word = take();
  if (word === '-s') continue;
  if (word === '-H') {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(take());
    headers.set(name, value);
  } else if (word === '-u') headers.set('authorization', `Basic ${Buffer.from(take()).toString('base64')}`);
  else if (word === '-d') {
    const data = take();
    request.method = 'POST';
    request.body = data.startsWith('@') ? readFileSync(data.slice(1)) : data;
  } else if (word === '-o') output = take();
  else if (word.startsWith('-')) throw new Error(`curl: the option ${word} is not translated`);
  else url = word;
}
const answer = await fetch(url, request);
appendFileSync(process.env.CURL_STATUS, `${answer.status}\n`);
const body = Buffer.from(await answer.arrayBuffer());
if (output === null) process.stdout.write(body);
else writeFileSync(output, body);
