/** In place of what this sign-in does not open: why, and the way to a stronger one. */
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';
import { useSay } from './language.ts';
import { leave } from './session.ts';

export function NeedsMore() {
  const say = useSay();
  return (
    <Notice look="plain">
      <p>{say('fail.stronger')}</p>
      <Button className="mt-3" onClick={() => leave('first')}>
        {say('in.again')}
      </Button>
    </Notice>
  );
}
