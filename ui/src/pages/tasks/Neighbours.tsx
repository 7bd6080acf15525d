import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Icon } from '../../components/Icon';
import { useNeighbours } from '../../flows/queries';
import { useOrder } from './useOrder';

/** Which of the reader's tasks this is, and the way to the one before and after. */
export function Neighbours({ task }: { task: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const order = useOrder();
  const ids = useNeighbours(order).flatMap((one) => one.id ?? []);
  const at = ids.indexOf(task);
  const go = (id: number | undefined) => {
    if (id !== undefined) void navigate(`/tasks/${id}`, { replace: true, state: { order } });
  };
  const before = at > 0 ? ids[at - 1] : undefined;
  const after = at < 0 ? ids[0] : ids[at + 1];
  return (
    <span className="task-near">
      {at >= 0 && <span className="number muted">{t('tasks.place', { at: at + 1, count: ids.length })}</span>}
      <Button
        type="text"
        aria-label={t('tasks.previous')}
        title={t('tasks.previous')}
        disabled={before === undefined}
        icon={<Icon name="up" size={18} />}
        onClick={() => go(before)}
      />
      <Button
        type="text"
        aria-label={t('tasks.next')}
        title={t('tasks.next')}
        disabled={after === undefined}
        icon={<Icon name="down" size={18} />}
        onClick={() => go(after)}
      />
    </span>
  );
}
