import { useMutation } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';

interface TypedConfirmProps {
  open: boolean;
  /** What must be typed. */
  name: string;
  title: string;
  how: string;
  word: string;
  act: () => Promise<unknown>;
  onDone: () => Promise<void>;
  onClose: () => void;
}

/** Something that cannot be taken back, done after its number was typed. */
export function TypedConfirm({ open, name, title, how, word, act, onDone, onClose }: TypedConfirmProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const acting = useMutation({ mutationFn: act, onSuccess: onDone });
  const good = typed.trim().toUpperCase() === name.toUpperCase();
  return (
    <Modal
      open={open}
      title={title}
      okText={word}
      cancelText={t('counts.notYet')}
      okButtonProps={{ danger: true, disabled: !good, loading: acting.isPending }}
      onOk={() => acting.mutate()}
      onCancel={onClose}
      afterClose={() => {
        setTyped('');
        acting.reset();
      }}
      destroyOnHidden
    >
      <div className="stack">
        <p>{how}</p>
        <label>
          <p className="muted">{t('deleteType', { name })}</p>
          <Input
            className="mono"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onPressEnter={() => good && !acting.isPending && acting.mutate()}
            autoFocus
          />
        </label>
        <ProblemAlert problem={acting.error} />
      </div>
    </Modal>
  );
}
