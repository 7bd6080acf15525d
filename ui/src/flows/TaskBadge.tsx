import { useTranslation } from 'react-i18next';
import { useTaskCounts } from './queries';
import './badge.css';

const MOST = 99;

/** How many tasks wait, beside the entry of the navigation. */
export function TaskBadge() {
  const { t } = useTranslation();
  const count = useTaskCounts()?.todo ?? 0;
  if (count === 0) return null;
  return (
    <span className="task-badge number" aria-label={t('tasks.badge', { count })}>
      {count > MOST ? `${MOST}+` : count}
    </span>
  );
}
