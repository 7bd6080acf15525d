import type { ReactNode } from 'react';
import type { IconName } from './Icon';
import { Icon } from './Icon';

interface EmptyStateProps {
  icon?: IconName;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty list that says what to do next. */
export function EmptyState({ icon = 'box', title, children, action }: EmptyStateProps) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <b>{title}</b>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
