/** The ledger, checked here and not believed: what it says of itself, and any entry with its proof. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Badge, Empty, Loading, type Tone } from '../../ui/states.tsx';
import { ledgerKeys, readLedger } from '../api/ledger.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page, Sheet } from '../shell/page.tsx';
import { EntrySheet } from './entry-sheet.tsx';
import { Fact } from './fact.tsx';
import { type Checkpoint, readCheckpoint, signatureHolds, toHex, type Verdict } from './verify.ts';

export function LedgerPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.ledger} title={say('nav.ledger')}>
      <Ledger />
    </ForRole>
  );
}

interface Looked {
  readonly checkpoint: Checkpoint;
  readonly readAt: string;
  readonly verdict: Verdict;
  readonly vkeys: readonly string[];
}

async function look(): Promise<Looked> {
  const [{ note, readAt }, { keys }] = await Promise.all([readLedger(), ledgerKeys()]);
  const checkpoint = readCheckpoint(note);
  const vkeys = keys.filter(({ purpose }) => purpose === 'ledger').map(({ vkey }) => vkey);
  return { checkpoint, readAt, verdict: await signatureHolds(checkpoint, vkeys), vkeys };
}

function Ledger() {
  const say = useSay();
  const { index } = useSearch({ from: '/inside/ledger' });
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['ledger'],
    queryFn: look,
    staleTime: 0,
  });
  return (
    <Page title={say('nav.ledger')} lead={say('log.lead')}>
      <div className="space-y-5">
        <Sheet
          title={say('log.checkpoint')}
          actions={
            <Button busy={isFetching} onClick={() => void refetch()}>
              {say('log.again')}
            </Button>
          }
        >
          {error !== null && <Failed error={error} />}
          {error === null && data === undefined && <Loading label={say('state.loading')} />}
          {data !== undefined && <Head looked={data} />}
        </Sheet>
        {data?.checkpoint.size === 0 && <Empty title={say('log.empty')}>{say('log.emptyHint')}</Empty>}
        {data !== undefined && data.checkpoint.size > 0 && (
          <GoTo size={data.checkpoint.size} index={index ?? null} />
        )}
        {data !== undefined && index !== undefined && (
          <EntrySheet key={`entry-${index}`} index={index} vkeys={data.vkeys} />
        )}
      </div>
    </Page>
  );
}

const TONES: Readonly<Record<Verdict, Tone>> = {
  holds: 'good',
  fails: 'bad',
  unknown: 'bad',
  unable: 'warn',
};

function Head({ looked }: { readonly looked: Looked }) {
  const say = useSay();
  const format = useFormat();
  const { checkpoint, readAt, verdict, vkeys } = looked;
  return (
    <dl className="grid gap-x-6 sm:gap-y-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <Fact name={say('log.origin')}>
        <span className="break-all">{checkpoint.origin}</span>
      </Fact>
      <Fact name={say('log.size')}>{say('log.entries', { count: checkpoint.size })}</Fact>
      <Fact name={say('log.readAt')}>{format.moment(readAt)}</Fact>
      <Fact name={say('log.signature')}>
        <Badge tone={TONES[verdict]}>{say(`log.verdict.${verdict}`)}</Badge>
        <p className="mt-1 text-xs text-soft">{say(`log.verdictHint.${verdict}`)}</p>
      </Fact>
      <Fact name={say('log.root')}>
        <code className="font-mono text-xs break-all">{toHex(checkpoint.root)}</code>
      </Fact>
      <Fact name={say('log.keys')}>
        {vkeys.map((vkey) => (
          <code key={vkey} className="block font-mono text-xs break-all">
            {vkey}
          </code>
        ))}
      </Fact>
    </dl>
  );
}

function GoTo({ size, index }: { readonly size: number; readonly index: number | null }) {
  const say = useSay();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(index === null ? '' : String(index));
  // Its buttons keep the focus from entry to entry.
  useEffect(() => setTyped(index === null ? '' : String(index)), [index]);
  const go = (to: number) => void navigate({ to: '/ledger', search: { index: to } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go(Number(typed));
      }}
      className="flex flex-wrap items-end gap-2"
    >
      <div className="w-28 sm:w-40">
        <TextField
          label={say('log.index')}
          type="number"
          inputMode="numeric"
          required
          min={0}
          max={size - 1}
          step={1}
          data-search
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      <Button type="submit" look="main" className="h-9">
        {say('log.go')}
      </Button>
      <Button className="h-9" disabled={index === null || index === 0} onClick={() => go((index ?? 1) - 1)}>
        {say('log.before')}
      </Button>
      <Button
        className="h-9"
        disabled={index !== null && index >= size - 1}
        onClick={() => go(index === null ? size - 1 : index + 1)}
      >
        {say(index === null ? 'log.newest' : 'log.after')}
      </Button>
    </form>
  );
}
