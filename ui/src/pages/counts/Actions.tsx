import { useMutation } from '@tanstack/react-query';
import { App, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { Count } from './calls';
import { approveCount, cancelCount, finishCount, postCount, useRefreshCounts } from './calls';
import { RecountDialog } from './RecountDialog';
import { TypedConfirm } from './TypedConfirm';

const CANCELLABLE = new Set(['open', 'counted', 'approved']);

/** What may be done with a session in its state, by whoever may. */
export function Actions({ count }: { count: Count }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const refresh = useRefreshCounts();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'recount' | 'approve' | 'post' | 'cancel' | null>(null);
  const manages = count.may.includes('manage');
  const close = () => setAsking(null);
  const done = (what: string) => async () => {
    close();
    void message.success(t(`counts.done.${what}`));
    await refresh();
  };
  const recounts = count.state === 'counted' && manages;
  const cancels = CANCELLABLE.has(count.state) && manages;
  const navigate = useNavigate();
  const more = [
    { key: 'sheet', label: t('counts.sheet.print') },
    ...(phone && recounts ? [{ key: 'recount', label: t('counts.recount') }] : []),
    ...(cancels ? [{ key: 'cancel', label: t('counts.cancel'), danger: true }] : []),
  ];
  const act = (key: string) => {
    if (key === 'sheet') void navigate(`/counts/${encodeURIComponent(count.number)}/sheet`);
    else setAsking(key === 'recount' ? 'recount' : 'cancel');
  };
  return (
    <span className="row count-actions">
      {more.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => act(key) }}>
          <Button type={phone ? 'text' : 'default'} aria-label={t('more')} icon={<Icon name="dots" />} />
        </Dropdown>
      )}
      {recounts && !phone && <Button onClick={() => setAsking('recount')}>{t('counts.recount')}</Button>}
      {count.state === 'open' && !phone && <Finish count={count} />}
      {count.state === 'counted' && count.may.includes('approve') && (
        <Button type="primary" onClick={() => setAsking('approve')}>
          {t('counts.approve')}
        </Button>
      )}
      {count.state === 'approved' && (manages || count.may.includes('approve')) && (
        <Button type="primary" onClick={() => setAsking('post')}>
          {t('counts.post')}
        </Button>
      )}
      <RecountDialog count={count} open={asking === 'recount'} onClose={close} />
      <Confirm
        open={asking === 'approve'}
        title={t('counts.approveTitle')}
        how={t('counts.approveHow')}
        word={t('counts.approve')}
        act={() => approveCount(count.number)}
        onDone={done('approve')}
        onClose={close}
      />
      <TypedConfirm
        open={asking === 'post'}
        name={count.number}
        title={t('counts.postTitle')}
        how={t('counts.postHow', counted(count))}
        word={t('counts.post')}
        act={() => postCount(count.number)}
        onDone={done('post')}
        onClose={close}
      />
      <TypedConfirm
        open={asking === 'cancel'}
        name={count.number}
        title={t('counts.cancelTitle')}
        how={t('counts.cancelHow')}
        word={t('counts.cancel')}
        act={() => cancelCount(count.number)}
        onDone={done('cancel')}
        onClose={close}
      />
    </span>
  );
}

/** The numbers of a sentence about what will be posted. */
function counted(count: Count) {
  const { totals } = count;
  return {
    missing: totals?.missing ?? 0,
    surplus: totals?.surplus ?? 0,
    wrong_place: totals?.wrong_place ?? 0,
    quantity: totals?.quantity ?? 0,
  };
}

/** Ending the counting, after saying what is not counted yet. */
export function Finish({ count }: { count: Count }) {
  const { t } = useTranslation();
  const refresh = useRefreshCounts();
  const { message } = App.useApp();
  const phone = useIsPhone();
  const [open, setOpen] = useState(false);
  if (!count.may.includes('manage')) return null;
  const known = count.counted - count.unknown;
  const left = count.expected === null ? 0 : count.expected - known;
  return (
    <>
      <Button type="primary" className={phone ? 'task-act task-act-main' : ''} onClick={() => setOpen(true)}>
        {t('counts.finish')}
      </Button>
      <Confirm
        open={open}
        title={t('counts.finishTitle', { count: count.counted })}
        how={[
          ...((count.unvisited ?? 0) > 0
            ? [t('counts.finishUnvisited', { count: count.unvisited ?? 0 })]
            : []),
          left > 0 ? t('counts.finishLeft', { count: left }) : t('counts.finishHow'),
        ].join('')}
        word={t('counts.finish')}
        act={() => finishCount(count.number)}
        onDone={async () => {
          setOpen(false);
          void message.success(t('counts.done.finish'));
          await refresh();
        }}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

interface ConfirmProps {
  open: boolean;
  title: string;
  how: string;
  word: string;
  act: () => Promise<unknown>;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function Confirm({ open, title, how, word, act, onDone, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const acting = useMutation({ mutationFn: act, onSuccess: onDone });
  return (
    <Modal
      open={open}
      title={title}
      okText={word}
      cancelText={t('counts.notYet')}
      okButtonProps={{ loading: acting.isPending }}
      onOk={() => acting.mutate()}
      onCancel={onClose}
      afterClose={acting.reset}
      destroyOnHidden
    >
      <div className="stack">
        <p>{how}</p>
        <ProblemAlert problem={acting.error} />
      </div>
    </Modal>
  );
}
