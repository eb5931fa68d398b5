/** What came with a message. It is saved and opened elsewhere: nothing that strangers send is shown in this page. */
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/states.tsx';
import { openAttachment, type ReadCase } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { save } from '../save.ts';

type Attachment = ReadCase['messages'][number]['attachments'][number];

interface AttachmentsProps {
  readonly id: string;
  readonly reason: string | null;
  readonly attachments: readonly Attachment[];
}

export function Attachments({ id, reason, attachments }: AttachmentsProps) {
  if (attachments.length === 0) return null;
  return (
    <ul className="mt-2 space-y-1">
      {attachments.map((one) => (
        <li key={one.id}>
          <One id={id} reason={reason} attachment={one} />
        </li>
      ))}
    </ul>
  );
}

function One({
  id,
  reason,
  attachment,
}: Omit<AttachmentsProps, 'attachments'> & { readonly attachment: Attachment }) {
  const say = useSay();
  const format = useFormat();
  const { name, type, bytes, unsafe, scan } = attachment;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => openAttachment(id, attachment.id, reason),
    onSuccess: (content) => save(content, name),
  });
  return (
    <>
      <span className="flex flex-wrap items-center gap-2 text-xs text-soft">
        <span className="text-ink break-all">{name}</span>
        {type} · {say('attachment.size', { size: format.number(Math.max(1, Math.round(bytes / 1000))) })}
        {unsafe && <Badge tone="bad">{say('attachment.unsafe')}</Badge>}
        {scan === 'none' && <Badge>{say('attachment.notScanned')}</Badge>}
        <Button busy={isPending} aria-label={say('attachment.saveOf', { name })} onClick={() => mutate()}>
          {say('attachment.save')}
        </Button>
      </span>
      {error !== null && <Failed error={error} />}
    </>
  );
}
