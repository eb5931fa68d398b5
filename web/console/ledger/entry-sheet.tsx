/** One entry, and whether its proof leads to the signed root: worked out in this browser. */
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { type Entry, readEntry } from '../api/ledger.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';
import { Fact } from './fact.tsx';
import {
  bytesOf,
  inclusionHolds,
  leafHash,
  proofFile,
  readCheckpoint,
  signatureHolds,
  toHex,
} from './verify.ts';

interface Checked {
  readonly entry: Entry;
  readonly size: number;
  readonly hash: string;
  readonly included: boolean;
  /** What it was checked against is signed by a key of the ledger, as far as this browser can tell. */
  readonly signed: boolean;
}

async function check(index: number, vkeys: readonly string[]): Promise<Checked> {
  const entry = await readEntry(index);
  const leaf = bytesOf(entry.leaf);
  const checkpoint = readCheckpoint(entry.checkpoint);
  const verdict = await signatureHolds(checkpoint, vkeys);
  return {
    entry,
    size: checkpoint.size,
    hash: toHex(await leafHash(leaf)),
    included:
      entry.index === index && (await inclusionHolds(checkpoint, index, leaf, entry.proof.map(bytesOf))),
    signed: verdict === 'holds' || verdict === 'unable',
  };
}

export function EntrySheet({ index, vkeys }: { readonly index: number; readonly vkeys: readonly string[] }) {
  const say = useSay();
  const { data, error, refetch } = useQuery({
    queryKey: ['entry', index],
    queryFn: () => check(index, vkeys),
  });
  return (
    <Sheet
      title={say('log.entry', { index })}
      actions={data !== undefined && <Button onClick={() => save(data.entry)}>{say('log.download')}</Button>}
    >
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Loading label={say('state.loading')} />}
      {data !== undefined && <Found checked={data} />}
    </Sheet>
  );
}

function Found({ checked: { entry, size, hash, included, signed } }: { readonly checked: Checked }) {
  const say = useSay();
  const good = included && signed;
  return (
    <div className="space-y-4">
      <div role="status">
        <Notice look={good ? 'good' : 'bad'} title={say(good ? 'log.holds' : 'log.fails', { size })}>
          <p className="mt-0.5">{say(good ? 'log.holdsHint' : 'log.failsHint')}</p>
        </Notice>
      </div>
      <dl className="grid gap-x-6 sm:gap-y-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
        <Fact name={say('log.leaf')}>
          <code className="block font-mono text-xs break-all">
            {new TextDecoder().decode(bytesOf(entry.leaf))}
          </code>
          <p className="mt-1 text-xs text-soft">{say('log.leafHint')}</p>
        </Fact>
        <Fact name={say('log.leafHash')}>
          <code className="font-mono text-xs break-all">{hash}</code>
        </Fact>
        <Fact name={say('log.path')}>
          <details>
            <summary className="cursor-pointer">{say('log.hashes', { count: entry.proof.length })}</summary>
            <ol className="mt-1 list-decimal space-y-0.5 pl-5">
              {entry.proof.map((each) => (
                <li key={each}>
                  <code className="font-mono text-xs break-all">{toHex(bytesOf(each))}</code>
                </li>
              ))}
            </ol>
          </details>
        </Fact>
      </dl>
    </div>
  );
}

/** As a file that any verifier of transparency logs reads. */
function save({ index, proof, checkpoint }: Entry): void {
  const file = new Blob([proofFile(index, proof, checkpoint)], { type: 'text/plain' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `entry-${index}.tlog-proof`;
  link.click();
  URL.revokeObjectURL(link.href);
}
