/** All that is held, as a file. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { fetchFile } from '../api/call.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';
import { useDoing } from '../loaded.ts';
import { NeedsMore } from '../needs-more.tsx';
import { saveFile } from '../save.ts';
import { useSession } from '../session.ts';
import { Page, Told } from '../shell/page.tsx';

export function DownloadPage() {
  const say = useSay();
  const { may } = useSession();
  return (
    <Page title={say('download.title')} lead={say('download.lead')}>
      {may.includes('download') ? <Download /> : <NeedsMore />}
    </Page>
  );
}

function Download() {
  const say = useSay();
  const language = useLanguage();
  const [done, setDone] = useState(false);
  const loading = useDoing(async () => {
    setDone(false);
    // The file itself is written in two languages.
    const spoken = language === 'zh-CN' ? 'zh-CN' : 'en';
    saveFile(await fetchFile('/download', { language: spoken }), 'my-data.zip');
    setDone(true);
  });
  return (
    <>
      <p className="text-pretty">{say('download.what')}</p>
      {loading.failure !== null && <Failed failure={loading.failure} />}
      <Told>{done ? say('download.done') : null}</Told>
      <Button
        look="main"
        size="large"
        busy={loading.busy}
        className="w-full sm:w-auto"
        onClick={() => void loading.run()}
      >
        {say('download.do')}
      </Button>
    </>
  );
}
