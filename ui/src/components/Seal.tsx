/** The mark: a square seal with 志, drawn on a 16-grid so that it stays crisp at 16 px. */
export function Seal({ size = 32, label }: { size?: number; label?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      style={{ flex: 'none', display: 'block' }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <rect width="16" height="16" rx="1.5" fill="var(--cinnabar-fill)" />
      <path
        fill="var(--on-wrong)"
        d="M7 1h2v2h5v2H9v1h3v2H4V6h3V5H2V3h5zM5 9h2v3h3v-1h2v3H5zM2 10h2v2H2zM8 9h2v2H8zM12 9h2v2h-2z"
      />
    </svg>
  );
}
