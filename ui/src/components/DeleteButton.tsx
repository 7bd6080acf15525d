import { useMutation } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface DeleteButtonProps {
  /** What is deleted; it must be typed to confirm. */
  name: string;
  /** What else goes with it. */
  consequence?: string;
  onDelete: () => Promise<unknown>;
  onDeleted: () => void;
  /** Another word than delete, e.g. erase. */
  word?: string;
  /** The question on top, and what is said when it is done. */
  title?: string;
  done?: string;
  size?: 'small' | 'middle';
}

/** A red button that destroys, after its name has been typed. */
export function DeleteButton(props: DeleteButtonProps) {
  const { name, consequence, onDelete, onDeleted, word, title, done, size = 'middle' } = props;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: onDelete,
    onSuccess: () => {
      setOpen(false);
      void message.success(done ?? t('deleted'));
      onDeleted();
    },
  });
  return (
    <>
      <Button danger size={size} onClick={() => setOpen(true)}>
        {word ?? t('delete')}
      </Button>
      <Modal
        open={open}
        title={title ?? t('deleteTitle', { name })}
        onCancel={() => setOpen(false)}
        okText={word ?? t('delete')}
        cancelText={t('keep')}
        okButtonProps={{
          danger: true,
          type: 'primary',
          disabled: typed.trim() !== name,
          loading: remove.isPending,
        }}
        onOk={() => remove.mutate()}
        afterClose={() => {
          setTyped('');
          remove.reset();
        }}
        destroyOnHidden
      >
        <div className="stack">
          {consequence !== undefined && <p>{consequence}</p>}
          <label>
            <p className="muted">{t('deleteType', { name })}</p>
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus />
          </label>
          <ProblemAlert problem={remove.error} />
        </div>
      </Modal>
    </>
  );
}
