import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { TaskRow } from '../../flows/api';
import { actOnMany } from '../../flows/api';
import { useRefreshFlows } from '../../flows/queries';
import { useSameKey } from '../../flows/sameKey';
import { Phrases } from './Phrases';

/** Agree to several tasks at once (批量同意), and tell of each what happened. */
export function BatchApprove({ tasks, onClose }: { tasks: readonly TaskRow[]; onClose: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefreshFlows();
  const [comment, setComment] = useState('');
  const key = useSameKey();
  const ids = tasks.flatMap((one) => one.id ?? []);
  const acting = useMutation({
    mutationFn: () => actOnMany(ids, 'approve', comment, key.of(ids, comment)),
    onSettled: refresh,
  });
  const results = acting.data?.results;
  // What was not done is what is looked for: it stands first.
  const isBad = (one: TaskRow) => results?.find((other) => other.task === one.id)?.done === false;
  const shown = [...tasks].sort((one, other) => Number(isBad(other)) - Number(isBad(one)));
  const failed = results?.filter((one) => !one.done).length ?? 0;
  return (
    <Modal
      open
      onCancel={onClose}
      title={
        results === undefined
          ? t('tasks.batch.title', { count: tasks.length })
          : [
              t('tasks.batch.done', { count: results.length - failed }),
              ...(failed > 0 ? [t('tasks.batch.failed', { count: failed })] : []),
            ].join(' · ')
      }
      footer={
        results === undefined ? (
          <>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="primary" loading={acting.isPending} onClick={() => acting.mutate()}>
              {t('tasks.act.approve')}
            </Button>
          </>
        ) : (
          <Button type="primary" onClick={onClose}>
            {t('tasks.batch.finish')}
          </Button>
        )
      }
    >
      <ProblemAlert problem={acting.error} />
      <ul className="task-results">
        {shown.map((one) => {
          const result = results?.find((other) => other.task === one.id);
          const bad = isBad(one);
          return (
            <li key={one.id} className={bad ? 'task-result-bad' : ''}>
              {result !== undefined && <Icon name={bad ? 'close' : 'check'} size={16} />}
              <span className="grow">
                <b>{one.title}</b>
                <small>
                  {result === undefined
                    ? `${one.flow_name} · ${one.node_title}`
                    : bad
                      ? [result.message, result.advice].filter(Boolean).join('')
                      : t('tasks.batch.ok')}
                </small>
              </span>
              {bad && (
                <Link className="task-see" to={`/tasks/${one.id}`}>
                  {t('tasks.batch.open')} ›
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {results === undefined && (
        <>
          <Phrases phrases={[]} comment={comment} onChange={setComment} />
          <Input.TextArea
            rows={2}
            value={comment}
            placeholder={t('tasks.writeComment')}
            aria-label={t('tasks.comment')}
            onChange={(event) => setComment(event.target.value)}
          />
        </>
      )}
    </Modal>
  );
}
