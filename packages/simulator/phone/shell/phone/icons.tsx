/** Small pictures, all decoration: whatever they say is also said in words. */
const icon = (path: string, stroke = true) =>
  function Icon({ size = 24 }: { size?: number }) {
    return (
      <svg
        className="icon"
        viewBox="0 0 24 24"
        width={size}
        height={size}
        aria-hidden="true"
        fill={stroke ? 'none' : 'currentColor'}
        stroke={stroke ? 'currentColor' : 'none'}
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={path} />
      </svg>
    )
  }

export const BackIcon = icon('M15 4.5 7.5 12l7.5 7.5')
export const HomeIcon = icon('M4 11.5 12 5l8 6.5M6.5 10v9h11v-9')
export const LockIcon = icon('M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13zM12 14.5v2')
export const ChatsIcon = icon('M4 5.5h16v11h-9l-4.5 3.5v-3.5H4z')
export const AppsIcon = icon(
  'M15.5 4.5a3.5 3.5 0 0 0-3.5 3.5v8a3.5 3.5 0 1 1-3.5-3.5 3 3 0 0 0 1-.2M8.5 19.5M15.5 4.5a3.5 3.5 0 1 1 0 7 3 3 0 0 0-1 .2',
)
export const MoreIcon = icon(
  'M5 10.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6m7-.7a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5m7 .7a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
  false,
)
export const CloseIcon = icon(
  'M12 4.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4m0 4.6a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2',
)
export const ForwardIcon = icon(
  'M13 5.5 20 12l-7 6.5v-4C8.500 14.500 5.500 16 4 19c0-6 3.500-9 9-9.500z',
)
export const CameraIcon = icon(
  'M4 8h4l1.500-2.500h5L16 8h4v11H4zM12 10.500a3 3 0 1 1 0 6 3 3 0 0 1 0-6',
)
export const QuitIcon = icon('M6 6l12 12M18 6 6 18')
export const AloneIcon = icon('M13 5h6v6M19 5l-8 8M10 6H5v13h13v-5')
export const LinkIcon = icon(
  'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
)
export const RefreshIcon = icon('M19 12a7 7 0 1 1-2-5M17 3v4h-4')
