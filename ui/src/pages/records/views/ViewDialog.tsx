import { useMutation } from '@tanstack/react-query';
import { App, Checkbox, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../api/session';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { FormInfo } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { postView, putView } from './calls';
import type { SavedView, ViewBody } from './model';
import { ViewSetup } from './ViewSetup';
import { needed } from './setup';
import { useKinds } from '../../../forms/calls';

interface ViewDialogProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  /** What is saved. */
  body: ViewBody;
  /** The view that is changed; a new one without. */
  saved?: SavedView;
  onSaved: (view: SavedView) => void;
  onClose: () => void;
}

/** What a view is called, who has it, and what its kind needs. */
export function ViewDialog({ app, form, fields, body, saved, onSaved, onClose }: ViewDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const kinds = useKinds();
  const sharing = may('apps.edit');
  const [name, setName] = useState(saved?.name ?? '');
  const [shared, setShared] = useState(saved?.shared ?? false);
  const [usual, setUsual] = useState(saved?.default ?? false);
  const [options, setOptions] = useState(() => needed(body, fields, kinds, `${app}/${form.code}`));
  const saving = useMutation({
    mutationFn: () => {
      const view = { ...body, options, name, shared, default: usual };
      return saved === undefined
        ? postView(app, form.code, view)
        : putView(app, form.code, saved.id, saved.version, view);
    },
    onSuccess: (view) => {
      void message.success(t('saved'));
      onSaved(view);
      onClose();
    },
  });
  const complete = (body.kind !== 'kanban' || options.by) && (body.kind !== 'calendar' || options.from) && (body.kind !== 'tree' || options.parent); // prettier-ignore
  return (
    <Modal
      open
      title={t(saved === undefined ? `records.views.new.${body.kind}` : 'records.views.edit')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: name.trim() === '' || !complete, loading: saving.isPending }}
      onOk={() => saving.mutate()}
      onCancel={onClose}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && complete) saving.mutate();
        }}
      >
        <label>
          <p className="muted">{t('name')}</p>
          <Input autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        {body.kind !== 'table' && (
          <ViewSetup
            kind={body.kind}
            self={`${app}/${form.code}`}
            fields={fields}
            options={options}
            onChange={setOptions}
          />
        )}
        {sharing && (
          <Radio.Group
            aria-label={t('records.views.who')}
            value={shared}
            onChange={(event) => setShared(event.target.value === true)}
            options={[
              { value: false, label: t('records.views.mine') },
              { value: true, label: t('records.views.shared') },
            ]}
          />
        )}
        <Checkbox checked={usual} onChange={(event) => setUsual(event.target.checked)}>
          {t('records.views.usual')}
        </Checkbox>
        <ProblemAlert problem={saving.error} />
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
