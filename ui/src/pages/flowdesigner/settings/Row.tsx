/** A title and what is set for it. */
export function Row({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="fw-row">
      <span className="fw-row-title">{title}</span>
      <div className="fw-row-value">{children}</div>
    </div>
  );
}
