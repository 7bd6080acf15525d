import { useMutation } from '@tanstack/react-query';
import type { FormInstance } from 'antd';
import { App, Button, Drawer, Form } from 'antd';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { problemOf } from '../api/problem';
import './drawer.css';
import { ProblemAlert } from './ProblemAlert';
import { useIsPhone } from './useIsPhone';

interface EditDrawerProps<Values extends object> {
  open: boolean;
  title: ReactNode;
  /** What the form begins with; changing its identity resets the form. */
  initial: Values;
  save: (values: Values) => Promise<unknown>;
  onSaved: () => void;
  onClose: () => void;
  /** The fields. */
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
  /** Left of the buttons, e.g. a DeleteButton. */
  danger?: ReactNode;
  /** Above the fields, outside of the form. */
  above?: ReactNode;
  readOnly?: boolean;
  width?: number;
}

/** Editing one thing beside the list that it is in. Errors of the server stand at their fields. */
export function EditDrawer<Values extends object>(props: EditDrawerProps<Values>) {
  const { open, initial, onClose, readOnly = false } = props;
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const phone = useIsPhone();
  const [dirty, setDirty] = useState(false);
  const [rest, setRest] = useState<Problem | null>(null);

  const saving = useMutation({
    // The form knows only what is shown; the rest of the values is kept as it was.
    mutationFn: (values: Values) => props.save({ ...initial, ...values }),
    onSuccess: () => {
      void message.success(t('saved'));
      setDirty(false);
      props.onSaved();
    },
    onError: (error) => setRest(atFields(form, problemOf(error))),
  });

  useEffect(() => {
    if (!open) return;
    form.resetFields();
    form.setFieldsValue(initial);
    setDirty(false);
    setRest(null);
  }, [open, initial, form]);

  const close = () => {
    if (!dirty) onClose();
    else
      void modal.confirm({ title: t('unsaved'), okText: t('discard'), cancelText: t('stay'), onOk: onClose });
  };

  return (
    <Drawer
      open={open}
      onClose={close}
      title={props.title}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '94%' : (props.width ?? 480)}
      forceRender
      className="edit-drawer"
      footer={
        <>
          {/* Beside the buttons, where the eyes are; below a long form nobody would see it. */}
          <ProblemAlert problem={rest} />
          <div className="drawer-foot">
            <span className="grow">{props.danger}</span>
            <Button onClick={close}>{readOnly ? t('close') : t('cancel')}</Button>
            {!readOnly && (
              <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
                {t('save')}
              </Button>
            )}
          </div>
        </>
      }
    >
      {props.above}
      <Form<Values>
        form={form}
        layout="vertical"
        disabled={readOnly}
        onValuesChange={() => setDirty(true)}
        onFinish={(values) => {
          setRest(null);
          saving.mutate(values);
        }}
        scrollToFirstError
      >
        {typeof props.children === 'function' ? props.children(form) : props.children}
      </Form>
    </Drawer>
  );
}

/** Put each error at the field that its pointer names; return the problem with what is left, null if nothing is. */
export function atFields(form: FormInstance, problem: Problem): Problem | null {
  const names = new Map(form.getFieldsError().map((field) => [`/${field.name.join('/')}`, field.name]));
  const errors = problem.errors ?? [];
  const found = errors.flatMap((error) => {
    const name = names.get(error.pointer ?? '');
    return name === undefined ? [] : [{ name, error }];
  });
  form.setFields(
    found.map(({ name, error }) => ({
      name,
      errors: [[error.message, error.advice].filter(Boolean).join('')],
    })),
  );
  // A field in a folded group shows nothing: its error stays in the list as well.
  const left = errors.filter((error) => {
    const name = names.get(error.pointer ?? '');
    return name === undefined || document.getElementById(name.join('_'))?.offsetParent === null;
  });
  return found.length > 0 && left.length === 0 ? null : { ...problem, errors: left };
}
