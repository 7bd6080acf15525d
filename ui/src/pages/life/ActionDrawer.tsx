import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import type { ItemDetail } from '../../api/items';
import type { OperationKind } from '../../api/operations';
import { postOperation, useNamed, useOperations } from '../../api/operations';
import { problemOf } from '../../api/problem';
import { Code } from '../../components/Code';
import type { OperationValues } from '../../components/OperationFields';
import { OperationFields } from '../../components/OperationFields';
import { OperationIcon } from '../../components/OperationIcon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import { thingOf } from '../scan/judge';
import { NO_FIELDS, shapeOf } from '../scan/model';

interface ActionDrawerProps {
  item: ItemDetail;
  /** The operation's name; null is closed. */
  operation: string | null;
  onClose: () => void;
}

/** Carry out one operation on the item whose life is open. */
export function ActionDrawer({ item, operation, onClose }: ActionDrawerProps) {
  const operations = useOperations();
  const named = useNamed();
  const phone = useIsPhone();
  const kind = operations.data?.find((one) => one.name === operation);
  return (
    <Drawer
      open={kind !== undefined}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '90%' : 440}
      title={
        kind && (
          <span className="row">
            <OperationIcon name={kind.name} /> {named(kind)} <Code value={item.code} copy={false} />
          </span>
        )
      }
      destroyOnHidden
    >
      {kind && <ActionForm key={kind.name} kind={kind} item={item} onDone={onClose} />}
    </Drawer>
  );
}

function ActionForm({ kind, item, onDone }: { kind: OperationKind; item: ItemDetail; onDone: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [values, setValues] = useState<OperationValues>(NO_FIELDS);
  // The same key as long as the body is the same: a second press after a lost answer posts nothing twice.
  const [sent, setSent] = useState({ key: '', body: '' });
  const slots = shapeOf(kind).slots.filter((slot) => slot.name !== 'subject');
  const lacking = [
    ...(kind.place === 'needed' && values.place === null ? ['place'] : []),
    ...kind.data
      .filter((field) => field.required && ['', null, undefined].includes(values.data[field.name] as string))
      .map((field) => field.name),
  ];
  const post = useMutation({
    mutationFn: () => {
      const data = Object.fromEntries(
        Object.entries(values.data).filter(([, value]) => value !== null && value !== ''),
      );
      const body = {
        items: [thingOf(item).ref],
        from: values.from,
        place: kind.place === 'cleared' ? null : values.place,
        partner: values.partner,
        document: values.document.trim(),
        occurred_at: values.occurredAt,
        note: values.note.trim(),
        data,
      };
      const text = JSON.stringify(body);
      const key = text === sent.body ? sent.key : newClientKey();
      setSent({ key, body: text });
      return postOperation(kind.name, { ...body, client_key: key });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['life'] });
      void message.success(t('life.acted', { operation: named(kind) }));
      onDone();
    },
    onError: (error) => {
      // A refusal is final: what is sent after it is another request.
      if (problemOf(error).status !== 0) setSent({ key: '', body: '' });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        post.mutate();
      }}
    >
      {slots.map((slot) => (
        <Form.Item key={slot.name} label={named(slot)} required={slot.required} layout="vertical">
          <Input
            className="mono"
            autoFocus
            autoComplete="off"
            value={(values.data[slot.name] as string | undefined) ?? ''}
            aria-label={named(slot)}
            placeholder={t('life.scanHere')}
            // A scanner ends with Enter, which must not send the form.
            onPressEnter={(event) => event.preventDefault()}
            onChange={(event) =>
              setValues({ ...values, data: { ...values.data, [slot.name]: event.target.value.trim() } })
            }
          />
        </Form.Item>
      ))}
      <OperationFields
        kind={kind}
        values={values}
        onChange={(change) => setValues({ ...values, ...change })}
        without={slots.map((slot) => slot.name)}
      />
      <ProblemAlert problem={post.error} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        disabled={lacking.length > 0}
        loading={post.isPending}
      >
        {named(kind)}
      </Button>
    </form>
  );
}
