import { shortTime } from './time.js'

/** The simulated clock, and what a status bar has beside it. */
export const StatusBar = ({ now }: { now: number | null }) => (
  <div className="status-bar">
    <time>{now === null ? '' : shortTime(now)}</time>
    <svg viewBox="0 0 62 16" width="62" height="16" aria-hidden="true" fill="currentColor">
      <rect x="0" y="9" width="3" height="5" rx="1" />
      <rect x="5" y="6.500" width="3" height="7.500" rx="1" />
      <rect x="10" y="4" width="3" height="10" rx="1" />
      <path d="M19 7.500a9 9 0 0 1 12 0l-1.500 1.700a6.800 6.800 0 0 0-9 0zM22 11a5 5 0 0 1 6 0l-3 3.200z" />
      <rect x="37" y="3.500" width="20" height="10" rx="3" fill="none" stroke="currentColor" />
      <rect x="39" y="5.500" width="14" height="6" rx="1.500" />
      <rect x="58.500" y="6.500" width="2" height="4" rx="1" />
    </svg>
  </div>
)
