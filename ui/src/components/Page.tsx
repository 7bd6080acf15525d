import type { ReactNode } from 'react';
import './page.css';
import { useTabName } from './useTabName';

interface PageProps {
  title: ReactNode;
  /** The name in the browser's tab, where the title is not plain text. */
  name?: string;
  /** Beside the title: count, state, one hint. */
  beside?: ReactNode;
  /** Buttons at the right; one of them primary. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: its title and actions above, the content below. */
export function Page({ title, name, beside, actions, children }: PageProps) {
  const tab = name ?? (typeof title === 'string' ? title : '');
  useTabName(tab);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{title}</h1>
        <div className="page-beside muted">{beside}</div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
