/** What every kind of operation looks like: a 24-grid, 1.75 wide, lines only, like `Icon`. */
const PATHS: Record<string, string> = {
  commission: 'M5 5v14M8 5v14M11 5v14M14 5v8M17.5 15.5v6M14.5 18.5h6M18 5v7',
  receive: 'M12 3v8.5M8.5 8.5L12 12l3.5-3.5M4 13h4l1.5 3h5L16 13h4M4 13v6.5h16V13',
  putaway: 'M4 4v16M20 4v16M4 11h16M4 18h16M8 11V7h4v4M12.5 18v-4h4v4',
  move: 'M4 9h13M13.5 5.5L17 9l-3.5 3.5M20 15H7M10.5 11.5L7 15l3.5 3.5',
  pick: 'M4 14.5l3-1.5 4 1.5h4a1.5 1.5 0 0 1 0 3h-4M15 16l4-2a1.5 1.5 0 0 1 1.5 2.5l-6 4h-6L4 19M9 4h6v5.5H9z',
  issue: 'M4 4h10v6M4 4v16h10v-4M9 13h11M16.5 9.5L20 13l-3.5 3.5',
  assemble: 'M4 4h7v7H4zM13 13h7v7h-7zM16.5 4v6M13.5 7h6M7.5 14v3h3',
  disassemble: 'M4 4h7v7H4zM13 13h7v7h-7zM13.5 7h6M7.5 14v3h3',
  pack: 'M4 10l8-3 8 3v8l-8 3-8-3zM4 10l8 3 8-3M12 13v8M12 2v3',
  unpack: 'M4 11l8-2.5 8 2.5v7l-8 3-8-3zM4 11l8 3 8-3M12 14v7M4 11L2.5 7l7-2M20 11l1.5-4-7-2',
  inspect: 'M5 3.5h10v6M5 3.5v17h5M8 8h4M8 12h2M15.5 18.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM18 17.5l3 3',
  hold: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 14.5v2',
  release: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2M9.5 15.5l2 2 3-3.5',
  ship: 'M3 6h11v10H3zM14 9.5h4l3 3.5v3h-7zM7 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  store_receive:
    'M4 9l1.5-5h13L20 9M4 9a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0A2.7 2.7 0 0 0 20 9M5.5 12v8h13v-8M10 20v-5h4v5',
  activate: 'M12 3v7M7 6a8 8 0 1 0 10 0M9 14.5l2.5 2.5 4-4.5',
  install: 'M4 12h5M9 8v8h4a4 4 0 0 0 0-8zM17 12h3M12 3v2.5M12 18.5V21',
  remove: 'M3 12h3M6 8.5v7h3a3.5 3.5 0 0 0 0-7zM16 12h5M18 8.5v7M13.5 5l-1 2M13.5 19l-1-2',
  return_: 'M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9',
  repair_in:
    'M20 7.5a5 5 0 0 1-6.5 5L7 19a2.1 2.1 0 0 1-3-3l6.5-6.5a5 5 0 0 1 5-6.5l-2.5 3 .5 2.5 2.5.5zM15 18h6M18 15v6',
  repair_out:
    'M20 7.5a5 5 0 0 1-6.5 5L7 19a2.1 2.1 0 0 1-3-3l6.5-6.5a5 5 0 0 1 5-6.5l-2.5 3 .5 2.5 2.5.5zM14.5 18l2.2 2.2 4.3-4.5',
  swap: 'M4 8h12M12.5 4.5L16 8l-3.5 3.5M20 16H8M11.5 12.5L8 16l3.5 3.5M20 6.5v3M4 14.5v3',
  exchange: 'M3.5 4h7v7h-7zM13.5 13h7v7h-7zM14 6h4.5v4M10 18H5.5v-4M16.5 8l2 2 2-2M3.5 16l2-2 2 2',
  check_out: 'M5 21V4h9v17M5 21h15M14 12h7M18 9l3 3-3 3M10.5 12h.1',
  check_in: 'M5 21V4h9v17M5 21h15M21 12h-6M18 9l-3 3 3 3M10.5 12h.1',
  count: 'M5 4h14v17H5zM9 2.5h6v3H9zM8.5 11l1.5 1.5 2.5-3M8.5 16.5l1.5 1.5 2.5-3M15 11.5h1M15 17h1',
  adjust: 'M12 4v16M8 20h8M5 7h14M5 7l-2.5 6.5a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6.5a2.7 2.7 0 0 0 5 0z',
  scrap: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  correct: 'M9 6L5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3M18 3l3 3M21 3l-3 3',
  relabel: 'M4 4h8l8.5 8.5-8 8L4 12zM8 8v.1M11.5 11.5l3.5 3.5',
  recall_mark: 'M4 5v5h5M4.5 10a8 8 0 1 1-.5 4M12 8v5M12 16v.1',
  recall_clear: 'M4 5v5h5M4.5 10a8 8 0 1 1-.5 4M8.8 12.5l2.4 2.4 4.3-4.8',
};

const OTHER = 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9';

/** The icon of an operation kind; it stands beside the operation's name. */
export function OperationIcon({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <svg
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
      <path d={PATHS[name] ?? OTHER} />
    </svg>
  );
}
