import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { PeoplePicker } from '../../flows/PeoplePicker';
import type { Saying, TaskAction, TaskInfo } from '../../flows/api';
import { ChoosePeople } from '../../flows/ChoosePeople';
import { Phrases } from './Phrases';
import { FINAL } from './useActing';

interface ActionDialogProps {
  action: TaskAction;
  task: TaskInfo;
  comment: string;
  onComment: (comment: string) => void;
  busy: boolean;
  problem: Problem | null;
  onClose: () => void;
  onSend: (more: Saying) => void;
}

/** What says no: phrases of agreeing are of no use with it. */
const NAY = new Set(['refuse', 'send_back']);
/** What is given to one person only. */
const ONE = new Set(['transfer']);
const PEOPLE_HINTS: Partial<Record<string, string>> = {
  transfer: 'tasks.people.transferHow',
  before: 'tasks.people.beforeHow',
  add_before: 'tasks.people.beforeHow',
  after: 'tasks.people.afterHow',
  add_after: 'tasks.people.afterHow',
  copy: 'tasks.people.copyHow',
};

/** What an action asks before it is done: which step, whom, why, and a signature. */
export function ActionDialog(props: ActionDialogProps) {
  const { action, task, comment, onComment, busy, problem, onClose, onSend } = props;
  const { t } = useTranslation();
  const [node, setNode] = useState(action.targets[0]?.node ?? '');
  const [how, setHow] = useState(action.how[0] ?? '');
  const [people, setPeople] = useState<string[]>([]);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const signs = task.sign !== null && action.signs;
  const choices = FINAL.has(action.name) ? task.choices : [];
  const [chosen, setChosen] = useState<Record<string, string[]>>({});
  const hint = PEOPLE_HINTS[action.name];
  const faults = {
    comment: action.comment === 'must' && comment.trim() === '',
    people: action.to === 'people' && people.length === 0,
    node: action.to === 'node' && node === '',
    password: signs && password === '',
    chosen: choices.some((one) => (chosen[one.node] ?? []).length === 0),
  };
  const send = () => {
    setTried(true);
    if (Object.values(faults).some(Boolean)) return;
    onSend({
      ...(action.to === 'people' && { to: people }),
      ...(action.to === 'node' && { to: [node], ...(how !== '' && { how }) }),
      ...(signs && { password }),
      ...(choices.length > 0 && { chosen }),
    });
  };
  return (
    <Modal
      open
      className="task-dialog"
      title={action.to === 'node' ? t('tasks.back_.title') : action.title}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" danger={action.danger} loading={busy} onClick={send}>
            {action.title}
          </Button>
        </>
      }
    >
      <form
        className="task-asks"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <ProblemAlert problem={problem} />
        {action.to === 'node' && action.targets.length === 0 && <p>{t('tasks.back_.none')}</p>}
        {action.to === 'node' && action.targets.length > 0 && (
          <Radio.Group
            className="task-choices"
            value={node}
            aria-label={t('tasks.back_.to')}
            onChange={(event) => setNode(String(event.target.value))}
            options={action.targets.map((one) => ({ value: one.node, label: one.title }))}
          />
        )}
        {action.to === 'node' && action.how.length > 1 && (
          <fieldset>
            <legend>{t('tasks.back_.how')}</legend>
            <Radio.Group
              className="task-choices"
              value={how}
              onChange={(event) => setHow(String(event.target.value))}
              options={action.how.map((one) => ({
                value: one,
                label: (
                  <>
                    {t(`tasks.back_.${one}`)} <small className="muted">{t(`tasks.back_.${one}How`)}</small>
                  </>
                ),
              }))}
            />
          </fieldset>
        )}
        {action.to === 'people' && (
          <label>
            <span>{t('tasks.people.who')}</span>
            <PeoplePicker
              value={people}
              onChange={setPeople}
              wrong={tried && faults.people}
              single={ONE.has(action.name)}
              autoFocus
            />
            {tried && faults.people && <span className="task-fault">{t('tasks.people.must')}</span>}
            {hint !== undefined && <span className="hint">{t(hint)}</span>}
          </label>
        )}
        <ChoosePeople choices={choices} chosen={chosen} onChange={setChosen} tried={tried} />
        {action.comment !== 'never' && (
          <div className="task-ask">
            <label htmlFor="task-comment">
              {t('tasks.comment')}
              {action.comment === 'must' && <b className="field-must"> *</b>}
            </label>
            <Phrases
              phrases={
                NAY.has(action.name) ? [t('tasks.phrase.nay'), t('tasks.phrase.less')] : task.node.phrases
              }
              comment={comment}
              onChange={onComment}
            />
            <Input.TextArea
              id="task-comment"
              rows={3}
              value={comment}
              maxLength={2000}
              autoFocus={action.to === 'nothing' && !signs}
              status={tried && faults.comment ? 'error' : ''}
              placeholder={t('tasks.writeComment')}
              onChange={(event) => onComment(event.target.value)}
            />
            {tried && faults.comment && <span className="task-fault">{t('tasks.commentMust')}</span>}
          </div>
        )}
        {signs && (
          <fieldset>
            <legend>{t('tasks.sign.title')}</legend>
            {task.sign?.meaning !== undefined && task.sign.meaning !== '' && (
              <p className="task-meaning">
                {t('tasks.sign.meaning')}：<b>{task.sign.meaning}</b>
              </p>
            )}
            <label>
              <span>{t('tasks.sign.password')}</span>
              <Input.Password
                autoFocus
                autoComplete="current-password"
                value={password}
                status={tried && faults.password ? 'error' : ''}
                onChange={(event) => setPassword(event.target.value)}
              />
            </label>
            {tried && faults.password && <span className="task-fault">{t('tasks.sign.must')}</span>}
            <span className="hint">{t('tasks.sign.how')}</span>
          </fieldset>
        )}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Modal>
  );
}
