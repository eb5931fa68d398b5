/** Asks what the opening is for, and what shows it. */
import { SelectField, TextField } from '../../ui/field.tsx';
import { capital } from '../format.ts';
import { EVIDENCE_KINDS, type Evidence, type EvidenceKind, type Ground } from '../ground.ts';
import { useSay } from '../language.ts';
import { MAY, PURPOSES_OF } from '../roles.ts';
import { useSession } from '../session.ts';

export interface Draft {
  readonly purpose: string;
  readonly kind: EvidenceKind;
  readonly value: string;
}

export function useFirstDraft(ground: Ground | null = null): Draft {
  const { role } = useSession();
  const evidence: Evidence | null = ground?.evidence ?? null;
  return {
    purpose: ground?.purpose ?? PURPOSES_OF[role][0] ?? '',
    kind: evidence?.kind ?? (MAY.reasonAlone(role) ? 'reason' : 'order'),
    value: evidence?.value ?? '',
  };
}

export function groundOf({ purpose, kind, value }: Draft): Ground {
  const words = value.trim();
  return { purpose, evidence: words === '' ? null : { kind, value: words } };
}

interface GroundFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** What is looked for is its own evidence. */
  readonly without?: boolean;
}

export function GroundFields({ draft, onChange, without = false }: GroundFieldsProps) {
  const say = useSay();
  const { role } = useSession();
  const purposes = PURPOSES_OF[role];
  const kinds = EVIDENCE_KINDS.filter((kind) => kind !== 'reason' || MAY.reasonAlone(role));
  return (
    <>
      {purposes.length > 1 && (
        <SelectField
          label={say('ground.purpose')}
          value={draft.purpose}
          onChange={({ target }) => onChange({ ...draft, purpose: target.value })}
          options={purposes.map((purpose) => ({ value: purpose, label: capital(say(`purpose.${purpose}`)) }))}
        />
      )}
      {!without && (
        <div className="grid grid-cols-[9rem_minmax(0,1fr)] gap-2">
          <SelectField
            label={say('ground.evidence')}
            value={draft.kind}
            onChange={({ target }) => onChange({ ...draft, kind: target.value as EvidenceKind })}
            options={kinds.map((kind) => ({ value: kind, label: say(`evidence.${kind}`) }))}
          />
          <TextField
            label={say(`ground.${draft.kind}`)}
            value={draft.value}
            required
            maxLength={500}
            autoComplete="off"
            onChange={({ target }) => onChange({ ...draft, value: target.value })}
          />
        </div>
      )}
    </>
  );
}
