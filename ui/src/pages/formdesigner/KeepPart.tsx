import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { chosenOf } from '../../formdesigner/model';
import { groupFor } from '../../formdesigner/parts';
import { walk } from '../../formdesigner/tree';
import { useDesk } from './desk';
import { keepPart, PARTS_KEY } from './parts';

const LONGEST = 60;

/** Asks for the name under which the selected fields are kept as a template. */
export function KeepPart({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { board } = useDesk();
  const queries = useQueryClient();
  const group = groupFor(chosenOf(board), board.present, board.rules);
  const [name, setName] = useState(group.fields[0]?.title ?? '');
  const keeping = useMutation({
    mutationFn: () => keepPart(name.trim(), group),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: PARTS_KEY });
      void message.success(t('formdesigner.parts.kept', { name: name.trim() }));
      onClose();
    },
  });
  const keep = () => {
    if (name.trim() !== '' && !keeping.isPending) keeping.mutate();
  };
  return (
    <Modal
      open
      width={420}
      title={t('formdesigner.parts.keep')}
      okText={t('save')}
      okButtonProps={{ disabled: name.trim() === '', loading: keeping.isPending }}
      onOk={keep}
      onCancel={onClose}
    >
      <p className="hint">
        {t('formdesigner.parts.what', { count: walk(group.fields).length })}
        {group.rules.length > 0 && t('formdesigner.parts.withRules', { count: group.rules.length })}
      </p>
      <Input
        autoFocus
        value={name}
        maxLength={LONGEST}
        aria-label={t('formdesigner.parts.name')}
        placeholder={t('formdesigner.parts.name')}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setName(event.target.value);
          keeping.reset();
        }}
        onPressEnter={keep}
      />
      <ProblemAlert problem={keeping.error} />
    </Modal>
  );
}
