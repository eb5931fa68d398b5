/** Asks for a code before something that needs a new proof; it stands over whatever is open. */
import { useEffect, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { onProofNeeded } from '../api/proved.ts';
import { useSay } from '../language.ts';
import { StepUp } from '../step-up.tsx';

export function ProofDialog() {
  const say = useSay();
  const [answer, setAnswer] = useState<((given: boolean) => void) | null>(null);
  useEffect(() => {
    onProofNeeded(() => new Promise((resolve) => setAnswer(() => resolve)));
    return () => onProofNeeded(async () => false);
  }, []);
  if (answer === null) return null;
  const end = (given: boolean) => {
    setAnswer(null);
    answer(given);
  };
  return (
    <Dialog title={say('proof.title')} closeLabel={say('do.close')} onClose={() => end(false)}>
      <StepUp why={say('proof.why')} onDone={() => end(true)} />
    </Dialog>
  );
}
