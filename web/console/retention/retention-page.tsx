/** What is kept how long, and what goes when: counts and laws, and no customer. */
import { useState } from 'react';
import { Tabs } from '../../ui/tabs.tsx';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { CalendarView } from './calendar.tsx';
import { HoldsView } from './holds.tsx';
import { RunsView } from './runs.tsx';
import { ScheduleView } from './schedule.tsx';

const VIEWS = { calendar: CalendarView, schedule: ScheduleView, holds: HoldsView, runs: RunsView } as const;
type View = keyof typeof VIEWS;

export function RetentionPage() {
  const say = useSay();
  const [view, setView] = useState<View>('calendar');
  const Chosen = VIEWS[view];
  const tabs = [
    { name: 'calendar', label: say('retention.calendar') },
    { name: 'schedule', label: say('retention.schedule') },
    { name: 'holds', label: say('retention.held') },
    { name: 'runs', label: say('retention.runs') },
  ] as const;
  return (
    <ForRole may={MAY.retention} title={say('nav.retention')}>
      <Page wide title={say('nav.retention')} lead={say('retention.lead')}>
        <Tabs label={say('nav.retention')} tabs={tabs} chosen={view} onChoose={setView}>
          <div className="pt-4">
            <Chosen />
          </div>
        </Tabs>
      </Page>
    </ForRole>
  );
}
