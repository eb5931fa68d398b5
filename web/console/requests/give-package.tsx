/** All that is held, as a file to give to whoever asked. Making it is an opening of everything. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { makePackage, type Request } from '../api/requests.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { save } from '../save.ts';
import { useSession } from '../session.ts';

export function GivePackage({ request }: { readonly request: Request }) {
  const say = useSay();
  const { role } = useSession();
  const language = useLanguage();
  const queries = useQueryClient();
  const { id, kind, customer, proof, endedAt, number } = request;
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: () => makePackage(customer, id, language),
    onSuccess(content) {
      save(content, `${say('request.file')}-${number}.zip`);
      void queries.invalidateQueries({ queryKey: ['requests'] });
    },
  });
  const asks = kind === 'access' || kind === 'portability';
  if (!asks || proof === null || endedAt !== null || !MAY.decideRequests(role)) return null;
  return (
    <div className="space-y-2 border-b border-line pb-3">
      <Button className="w-full" busy={isPending} onClick={() => mutate()}>
        {say('request.makePackage')}
      </Button>
      <p className="text-xs text-soft" role="status">
        {say(isPending ? 'request.packing' : isSuccess ? 'request.packed' : 'request.packageHint')}
      </p>
      {error !== null && <Failed error={error} />}
    </div>
  );
}
