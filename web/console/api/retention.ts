/** What goes when: the schedule, the calendar, tonight's run and the last ones. */
import type { Static } from 'typebox';
import type {
  CalendarAnswer,
  DryRunAnswer,
  HoldsAnswer,
  RunsAnswer,
  ScheduleAnswer,
} from '../../../contract/retention.ts';
import { call, withQuery } from './call.ts';

export type Schedules = Static<typeof ScheduleAnswer>;
export type RegionSchedule = Schedules['regions'][number];
export type ScheduleLine = RegionSchedule['lines'][number];
export type Calendar = Static<typeof CalendarAnswer>;
export type DryRun = Static<typeof DryRunAnswer>;
export type Holds = Static<typeof HoldsAnswer>;
export type Runs = Static<typeof RunsAnswer>;

export const readSchedule = () => call<Schedules>('GET', '/api/retention/schedule');
export const readCalendar = (months: number) =>
  call<Calendar>('GET', withQuery('/api/retention/calendar', { months }));
export const readDryRun = () => call<DryRun>('GET', '/api/retention/dry-run');
export const readHolds = () => call<Holds>('GET', '/api/retention/holds');
export const readRuns = () => call<Runs>('GET', '/api/retention/runs');
