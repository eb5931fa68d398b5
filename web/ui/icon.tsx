import type { IconName } from './icon-names.ts';

/** Line drawings of 16 by 16, in the color of the text around them. They say nothing by themselves. */
const PATHS: Readonly<Record<IconName, string>> = {
  home: 'M2.5 7.2 8 2.6l5.5 4.6v6a.8.8 0 0 1-.8.8H9.8v-4H6.2v4H3.3a.8.8 0 0 1-.8-.8z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  cases:
    'M2.5 4.3a.8.8 0 0 1 .8-.8h9.4a.8.8 0 0 1 .8.8v6.4a.8.8 0 0 1-.8.8H8.5L5.5 14v-2.5H3.3a.8.8 0 0 1-.8-.8zM5 6.2h6M5 8.6h4',
  approvals: 'M8 1.8 13 3.6v3.8c0 3.2-2.1 5.6-5 6.8-2.9-1.2-5-3.6-5-6.800V3.600zM5.8 8l1.6 1.6 2.9-3.2',
  training: 'M1.5 6 8 3l6.5 3L8 9zM4 7.300v3.400c1 .9 2.4 1.5 4 1.500s3-.6 4-1.500V7.3',
  settings: 'M2.5 4.500h6m3 0h2M2.5 11.500h2m3 0h6M10 3v3M6 10v3',
  staff:
    'M6 7.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.8 13.500c.2-2.3 1.9-3.8 4.2-3.800s4 1.5 4.2 3.800M10.8 3a2.3 2.3 0 0 1 0 4.300M12 10c1.3.5 2.1 1.7 2.2 3.5',
  key: 'M10.5 9.500a3.5 3.5 0 1 0-3.3-2.300L2 12.400V14h2v-1.500h1.500V11H7l1.2-1.200c.7.3 1.5.2 2.3-.3ZM11.3 5.200v.1',
  ledger: 'M3.5 2.500h9v11h-9zM5.8 5.500h4.400M5.8 8h4.400M5.8 10.500h2.4',
  undeclared:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.2 6.300A1.8 1.8 0 0 1 8 4.800c1 0 1.8.7 1.8 1.600C9.8 7.7 8 7.7 8 9M8 11.200v.1',
  quarantine: 'M8 2.3 14.3 13H1.700zM8 6.500v3M8 11.300v.1',
  map: 'M2.5 2.5h11v11h-11zM2.5 6.2h11M2.500 9.900h11M6.200 2.500v11M9.900 2.500v11',
  notice: 'M3 2.500h7l3 3v8H3zM9.500 2.500v3.500H13M5.500 8.500h5M5.500 11h3',
  figures: 'M2.500 13.500h11M4.500 11V8M8 11V4.500M11.500 11V6.500',
  calendar: 'M2.500 4h11v9.500h-11zM2.500 7h11M5.500 2.500V5.500M10.500 2.500V5.500',
  menu: 'M2.5 4.500h11M2.5 8h11M2.5 11.500h11',
  cross: 'm4 4 8 8M12 4l-8 8',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  right: 'm6.5 4.5 3.5 3.5-3.5 3.5',
  check: 'm3.5 8.5 3 3 6-6.5',
  plus: 'M8 3v10M3 8h10',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 9.800a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600Z',
  lock: 'M4 7.500h8v6H4zM5.5 7.500V5a2.5 2.5 0 0 1 5 0v2.5',
  alert: 'M8 2.500a4 4 0 0 0-4 4V9l-1.3 2.500h10.600L12 9V6.500a4 4 0 0 0-4-4ZM6.5 13.500h3',
  voice: 'M8 2a2 2 0 0 0-2 2v4a2 2 0 0 0 4 0V4a2 2 0 0 0-2-2ZM3.5 7.5v.5a4.5 4.5 0 0 0 9 0v-.5M8 12.5V14.5',
  phone:
    'M3.2 2.500h2.300l1.200 3-1.500 1.100a8.500 8.500 0 0 0 4.200 4.200l1.100-1.500 3 1.200v2.300a.8.8 0 0 1-.9.8A11 11 0 0 1 2.400 3.400a.8.8 0 0 1 .8-.9Z',
  tag: 'M2.500 2.500h5l6 6-5 5-6-6zM5.300 5.300v.1',
  answers: 'M2.500 3h11v7.500h-6L5 13v-2.500H2.500zM5 5.700h6M5 8h3.500',
  report: 'M3.500 13.500V2.500h6l3 3v8zM9.500 2.500v3h3M6 11.500V9M8 11.500V7.500M10 11.500V10',
  requests: 'M4 2.500h8v11H4zM6.300 5.300h3.400M6.300 8l1.200 1.200 2.200-2.400',
  rates: 'M2.500 2.500v11h11M4.800 10.500 7.500 7l2.300 1.900 3.700-4.700',
};

export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
