import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  change: { type: 'string' },
  substance: { type: 'boolean' },
  wording: { type: 'boolean' },
  texts: { type: 'string' },
  purpose: { type: 'string', multiple: true },
  store: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The next version of what a store's visitors are asked. */
export const noticeCommand: Command = {
  help: `Usage: bailee notice publish --change <sentence> (--substance | --wording) [options]

  --change <sentence>  what is different from the version before
  --substance          a change of substance: who granted before is asked again
  --wording            a change of wording alone: what was granted holds
  --purpose <purpose>  a purpose that is asked for; may be given again. As before without it
  --texts <file>       YAML of your own words, by language: {en: {text: {title: …}, purposes: {…}}}
  --store <store>      id or name; needed only when there are several
  --key <key>          API key of a privacy officer or an administrator, where you are not the operator
  --json               as JSON

Every version is kept word for word, in every language. Which of the two a change is, you declare; it is
never guessed.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (words.join(' ') !== 'publish') throw new CommandError(EXIT.usage, 'Say bailee notice publish.');
  const { change, substance = false, wording = false, purpose, store, key } = values;
  if (change === undefined || substance === wording)
    throw new CommandError(EXIT.usage, 'Give --change with a sentence, and either --substance or --wording.');
  const client = await connect(deps);
  try {
    const body = {
      change,
      substance,
      ...(purpose === undefined ? {} : { purposes: purpose }),
      ...(values.texts === undefined ? {} : { texts: textsIn(values.texts) }),
      ...(store === undefined ? {} : { store }),
    };
    const as = key === undefined ? 'operator' : { key };
    const call = { method: 'POST', path: '/api/notices', body, as } as const;
    const made = (await client.request(call)) as { version: number; languages: string[] };
    print(deps, values.json, made, () => [
      `Version ${made.version} is in force, in ${made.languages.length} languages.`,
      substance ? 'Who granted before is asked again.' : 'What was granted holds.',
    ]);
    return EXIT.done;
  } finally {
    await client.close();
  }
}

function textsIn(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch {
    throw new CommandError(EXIT.usage, `The file ${file} cannot be read as YAML.`);
  }
}
