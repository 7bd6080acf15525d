import { Button, Dropdown, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { TaskAction, TaskInfo } from '../../flows/api';
import { Phrases } from './Phrases';
import { arranged } from './arranging';
import type { useActing } from './useActing';

interface ActionBarProps {
  task: TaskInfo;
  acting: ReturnType<typeof useActing>;
}

/** What can be done with a task, always in sight: the comment with usual phrases, and the buttons. */
export function ActionBar({ task, acting }: ActionBarProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { comment, setComment: onComment, busy, begin: onAct } = acting;
  const problem = acting.asking === null ? acting.problem : null;
  const { main, beside, more } = arranged(task.actions, phone ? 2 : 5);
  const menu = {
    items: more.map((one) => ({ key: one.name, label: one.title, danger: one.danger })),
    onClick: ({ key }: { key: string }) => {
      const action = more.find((one) => one.name === key);
      if (action !== undefined) onAct(action);
    },
  };
  const rest = more.length > 0 && (
    <Dropdown menu={menu} trigger={['click']} placement={phone ? 'topLeft' : 'top'}>
      <Button className="task-act-more" type="text" disabled={busy} aria-label={t('tasks.more')}>
        <Icon name="dots" size={18} />
        <span>{t('tasks.more')}</span>
      </Button>
    </Dropdown>
  );
  const button = (one: TaskAction) => (
    <Button
      key={one.name}
      className="task-act"
      danger={one.danger}
      disabled={busy}
      onClick={() => onAct(one)}
    >
      {one.title}
    </Button>
  );
  return (
    <div className="task-bar">
      <ProblemAlert problem={problem} />
      {task.actions.some((one) => one.comment !== 'never') && (
        <div className="task-say">
          <Phrases phrases={task.node.phrases} comment={comment} onChange={onComment} />
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={comment}
            maxLength={2000}
            placeholder={t('tasks.writeComment')}
            aria-label={t('tasks.comment')}
            onChange={(event) => onComment(event.target.value)}
          />
        </div>
      )}
      <div className="task-acts">
        {phone && rest}
        {phone && [...beside].reverse().map(button)}
        {main !== null && (
          <Button
            type="primary"
            className="task-act task-act-main"
            loading={busy}
            onClick={() => onAct(main)}
          >
            {main.title}
          </Button>
        )}
        {!phone && beside.map(button)}
        {!phone && <span className="grow" />}
        {!phone && rest}
      </div>
    </div>
  );
}
