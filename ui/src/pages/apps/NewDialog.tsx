import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldProblem, problemOf } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { suggest } from './suggest';

interface NewDialogProps {
  open: boolean;
  /** The words of the dialog: `apps.newApp` or `apps.newForm`. */
  words: string;
  /** What a code begins with where the name has no Latin letters. */
  word: string;
  taken: readonly string[];
  save: (code: string, name: string) => Promise<unknown>;
  /** What else is asked, above the name. */
  before?: React.ReactNode;
  /** Whether that is answered. */
  answered?: boolean;
  onClose: () => void;
}

/** Name something new; its code is suggested and can be changed. */
export function NewDialog(props: NewDialogProps) {
  const { t } = useTranslation();
  const { open, words, onClose, before, answered = true } = props;
  const [name, setName] = useState('');
  const [own, setOwn] = useState<string | null>(null);
  const code = own ?? suggest(name, props.word, props.taken);
  const saving = useMutation({ mutationFn: () => props.save(code.trim(), name.trim()), onSuccess: onClose });
  const problem = saving.isError ? problemOf(saving.error) : undefined;
  const wrong = (pointer: string) => fieldProblem(problem, pointer)?.message;
  const placed = wrong('/name') !== undefined || wrong('/code') !== undefined;
  const ready = answered && name.trim() !== '' && code.trim() !== '';
  return (
    <Modal
      open={open}
      title={t(`${words}.title`)}
      onCancel={onClose}
      okText={t('add')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !ready, loading: saving.isPending }}
      onOk={() => saving.mutate()}
      afterClose={() => {
        setName('');
        setOwn(null);
        saving.reset();
      }}
      destroyOnHidden
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) saving.mutate();
        }}
      >
        <p className="muted apps-how">{t(`${words}.how`)}</p>
        {before}
        <Form.Item
          layout="vertical"
          label={t('name')}
          htmlFor="new-name"
          required
          validateStatus={wrong('/name') === undefined ? '' : 'error'}
          help={wrong('/name')}
        >
          <Input
            id="new-name"
            autoFocus
            value={name}
            maxLength={200}
            placeholder={t(`${words}.example`)}
            onChange={(event) => setName(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          layout="vertical"
          label={t('code')}
          htmlFor="new-code"
          extra={t('apps.codeHow')}
          validateStatus={wrong('/code') === undefined ? '' : 'error'}
          help={wrong('/code')}
        >
          <Input
            id="new-code"
            className="mono"
            value={code}
            maxLength={64}
            onChange={(event) => setOwn(event.target.value)}
          />
        </Form.Item>
        {!placed && <ProblemAlert problem={saving.error} />}
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
