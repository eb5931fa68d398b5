/** Reports: read here, or saved as a file to print or to work with. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { buttonClass } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { reportAddress } from '../api/reports.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { ConsentView } from './consent.tsx';
import { ProcessingView } from './processing.tsx';
import { RequestFiguresView } from './request-figures.tsx';
import { RetentionReportView } from './retention.tsx';
import { REPORTS, readReportView } from './view.ts';

export function ReportsPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.reports} title={say('nav.reports')}>
      <Whole />
    </ForRole>
  );
}

function Whole() {
  const say = useSay();
  const navigate = useNavigate();
  const { report = 'processing', year } = useSearch({ from: '/inside/reports' });
  const go = (search: Readonly<Record<string, unknown>>) =>
    void navigate({ to: '/reports', search: readReportView(search), replace: true });
  return (
    <Page
      wide
      title={say('nav.reports')}
      lead={say('report.lead')}
      actions={
        <>
          <a className={buttonClass('main')} href={reportAddress(report, 'pdf', year)} download>
            {say('report.pdf')}
          </a>
          <a className={buttonClass()} href={reportAddress(report, 'json', year)} download={`${report}.json`}>
            {say('report.json')}
          </a>
        </>
      }
    >
      <Tabs
        label={say('nav.reports')}
        tabs={REPORTS.map((name) => ({ name, label: say(`report.${name}`) }))}
        chosen={report}
        onChoose={(next) => go({ report: next })}
      >
        <div className="space-y-5 pt-4">
          <p className="max-w-3xl text-soft">{say(`report.about.${report}`)}</p>
          {report === 'processing' && <ProcessingView />}
          {report === 'requests' && (
            <RequestFiguresView year={year} onYear={(next) => go({ report, year: next })} />
          )}
          {report === 'retention' && <RetentionReportView />}
          {report === 'consent' && <ConsentView />}
        </div>
      </Tabs>
    </Page>
  );
}
