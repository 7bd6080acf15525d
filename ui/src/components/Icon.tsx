/** Our line icons: a 24-grid, 1.75 wide, lines only. Each is the `d` of one path. */
const PATHS = {
  home: 'M4 11l8-7 8 7M6 9.5V20h4v-5h4v5h4V9.5',
  scan: 'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16',
  box: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  items: 'M4 5h3v14H4zM10 5v14M13 5v14M16 5h1v14h-1zM20 5v14',
  history: 'M4 5v5h5M4.5 10a8 8 0 1 1-.5 4M12 8v4.5l3 2',
  code: 'M4 7V4h3M17 4h3v3M20 17v3h-3M7 20H4v-3M8 8v8M11 8v8M13.5 8v8M16 8v8',
  product: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM8 5.300l8 4.5v4',
  place: 'M5 21V9l7-5 7 5v12M9 21v-7h6v7M9 17.5h6',
  partner:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6M17.5 14.5c2.200.8 3.5 2.800 3.5 5.5',
  package: 'M4 8h16v12H4zM4 8l2-4h12l2 4M12 4v4M9 12h6',
  batch: 'M12 3l9 4.5-9 4.5-9-4.5zM3 12l9 4.5 9-4.5M3 16.5L12 21l9-4.5',
  cycle: 'M20 8a8.5 8.5 0 0 0-15.5-.5M4 4v4h4M4 16a8.5 8.5 0 0 0 15.5.5M20 20v-4h-4',
  bell: 'M6 10a6 6 0 0112 0c0 5 2 6.5 2 6.5H4S6 15 6 10M10 20a2.2 2.2 0 004 0',
  import: 'M12 4v11M7.5 10.5L12 15l4.5-4.5M4 15v4.5h16V15',
  export: 'M12 15V4M7.5 8.5L12 4l4.5 4.5M4 15v4.5h16V15',
  jobs: 'M4 6l1.5 1.5L8 5M4 12.5L5.5 14 8 11.5M4 19l1.5 1.5L8 18M11 6.5h9M11 13h9M11 19.5h9',
  users: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c0-4 3.300-6.5 7.5-6.5s7.5 2.5 7.5 6.5',
  audit: 'M6 3h9l4 4v14H6zM14.5 3v4.5H19M9 12h7M9 16h5',
  more: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17v.5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5V8',
  copy: 'M9 9h11v11H9zM5.5 15H4V4h11v1.5',
  edit: 'M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  filter: 'M4 5h16l-6.5 7.5V19l-3 1.5v-8z',
  refresh: 'M20 12a8 8 0 1 1-2.5-5.800M20 4v4.5h-4.5',
  right: 'M9 5l7 7-7 7',
  left: 'M15 5l-7 7 7 7',
  down: 'M5 9l7 7 7-7',
  undo: 'M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  key: 'M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M17.5 12v3.5M21 12v2.5',
  lock: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  keyboard: 'M3 6h18v12H3zM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8',
  truck:
    'M3 6h11v10H3zM14 9.5h4l3 3.5v3h-7zM7 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  wrench: 'M20 7.5a5 5 0 0 1-6.5 5L7 19a2.100 2.100 0 0 1-3-3l6.5-6.5a5 5 0 0 1 5-6.5l-2.5 3 .5 2.5 2.5.5z',
  label: 'M4 4h8l8.5 8.5-8 8L4 12zM8 8v.1',
  camera: 'M4 7.5h4L9.5 5h5L16 7.5h4V19H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  print: 'M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7z',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  guide: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.5l-2 5-5 2 2-5z',
  shield: 'M12 3l8 3v6c0 4.5-3.200 7.800-8 9.5C7.200 19.800 4 16.5 4 12V6zM8.5 12l2.5 2.5 4.5-5',
  list: 'M4 6.5h.1M4 12h.1M4 17.5h.1M8 6.5h12M8 12h12M8 17.5h12',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  text: 'M5 7V4.5h14V7M12 4.500v15M9 19.500h6',
  field: 'M4 5.5h9M4 10h6M4 14.500h6M14 12h6v7.500h-6zM17 12V9.500h3.500',
  formula:
    'M13 4.500c-2.500-.5-3.500 1-3.800 3.500L8 17c-.3 2-1.300 3-3.500 2.500M6 10h6.500M14 12.500l5.500 7M19.500 12.500l-5.500 7',
  number: 'M9.500 4L7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16',
  pages: 'M8 4h11v13H8zM5 8v12h11',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500M20 14v2.500M14 20h2M19 20h1',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.500 9.500v.1',
  line: 'M5 19L19 5',
  rect: 'M4 6h16v12H4z',
  ellipse: 'M12 19c4.700 0 8.500-3.100 8.500-7S16.700 5 12 5s-8.500 3.100-8.500 7 3.800 7 8.500 7z',
  table: 'M4 5h16v14H4zM4 10h16M10 5v14',
  hidden:
    'M4 4l16 16M9.500 6A9 9 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-3 3.700M6.200 7.700A15.500 15.500 0 0 0 2.500 12S6 18.500 12 18.500a9 9 0 0 0 4-1',
  unlock: 'M6 11h12v9H6zM8.500 11V7.500a3.500 3.500 0 0 1 6.800-1.200',
  redo: 'M16 5l4 4-4 4M20 9H10a5.500 5.500 0 0 0 0 11h5',
  magnet: 'M6 4v8a6 6 0 0 0 12 0V4h-4v8a2 2 0 0 1-4 0V4zM6 8h4M14 8h4',
  dots: 'M5.500 12h.1M12 12h.1M18.500 12h.1',
  grid: 'M4 4h16v16H4zM4 9.300h16M4 14.700h16M9.300 4v16M14.700 4v16',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  minus: 'M5 12h14',
  alignLeft: 'M4 3.500v17M8 6.500h11v4H8zM8 13.500h7v4H8z',
  alignCentre: 'M12 3.500v17M5 6.500h14v4H5zM8 13.500h8v4H8z',
  alignRight: 'M20 3.500v17M5 6.500h11v4H5zM9 13.500h7v4H9z',
  alignTop: 'M3.500 4h17M6.500 8h4v11h-4zM13.500 8h4v7h-4z',
  alignMiddle: 'M3.500 12h17M6.500 5h4v14h-4zM13.500 8h4v8h-4z',
  alignBottom: 'M3.500 20h17M6.500 5h4v11h-4zM13.500 9h4v7h-4z',
  spreadAcross: 'M4 4v16M20 4v16M9.500 7.500h5v9h-5z',
  spreadDown: 'M4 4h16M4 20h16M7.500 9.500h9v5h-9z',
  sameWidth: 'M4 5v14M20 5v14M7 12h10M9.500 9.500L7 12l2.500 2.500M14.500 9.500L17 12l-2.500 2.500',
  sameHeight: 'M5 4h14M5 20h14M12 7v10M9.500 9.500L12 7l2.500 2.500M9.500 14.500L12 17l2.500-2.500',
  toFront: 'M12 20V8M7.500 12.500L12 8l4.500 4.500M5 4h14',
  toBack: 'M12 4v12M7.500 11.500L12 16l4.500-4.500M5 20h14',
  telephone:
    'M6 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 6a2 2 0 0 1 2-2z',
  bold: 'M7 5h6a3.500 3.500 0 0 1 0 7H7zM7 12h7a3.500 3.500 0 0 1 0 7H7z',
  italic: 'M10 5h7M7 19h7M14 5l-4 14',
  strike:
    'M4 12h16M7.500 8.500C7.500 6 9.500 5 12 5c2 0 3.500.8 4 2M16.500 15.500c0 2.500-2 3.500-4.500 3.500-2.500 0-4.500-1-5-3',
  bullets: 'M9 6h11M9 12h11M9 18h11M4.500 6h.1M4.500 12h.1M4.500 18h.1',
  heading: 'M6 5v14M18 5v14M6 12h12',
  quote: 'M6 7h4v5c0 3-1.500 4.500-4 5M14 7h4v5c0 3-1.500 4.500-4 5',
  board: 'M4 4.500h4.500v15H4zM9.800 4.500h4.500v9H9.800zM15.600 4.500h4.500v12h-4.500z',
  tree: 'M5 4v15.500h5M5 10.500h5M12.500 8h7v5h-7zM12.500 17h7v4h-7zM3.500 3h6',
  sort: 'M7.500 5v14M4.500 16l3 3 3-3M16.500 19V5M13.500 8l3-3 3 3',
  group: 'M4 5h16M8 10h12M8 14h12M4 19h16',
  widen: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  clip: 'M19.500 11.500l-7.800 7.800a4.500 4.500 0 0 1-6.400-6.400l8.500-8.500a3 3 0 0 1 4.300 4.300l-8.300 8.300a1.500 1.500 0 0 1-2.200-2.200l7.300-7.300',
  pen: 'M4 20c3-1 3.500-7 6-7s1 5 3.500 5 2.500-3 6.500-3M13 9l5-5 2 2-5 5h-2z',
  tasks: 'M4 4h16v16H4zM8 12l3 3 5-6',
  stamp: 'M5 20h14M6 16.500h12v-2l-4-1.500c-.5-3 1-4 1-6a3 3 0 0 0-6 0c0 2 1.500 3 1 6l-4 1.500z',
  up: 'M5 15l7-7 7 7',
  pause: 'M8 5v14M16 5v14',
  send: 'M21 3L3 10.500l7 2.500 2.500 7zM10 13l5-5',
  branch:
    'M7 6.500v11M7 12h6a4 4 0 0 0 4-4V6.500M7 6.500a2 2 0 1 0 0-.1M7 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 6.500a2 2 0 1 0 0-.1',
  parallel: 'M12 3v4M6 11V7h12v4M6 11v6M18 11v6M6 17h12M12 17v4',
  flag: 'M6 21V4M6 4.500h11l-2 4 2 4H6',
  play: 'M8 5l11 7-11 7z',
  timer: 'M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 9v4.500l3 2M9.500 2.500h5',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  drag: 'M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1',
} as const;

/** The names of all icons. */
export type IconName = keyof typeof PATHS;

/** A line icon in the colour of the text around it. It never speaks alone: give the button around it a name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none', verticalAlign: '-0.2em' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
