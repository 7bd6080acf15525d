import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Spin, Tabs, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo } from '../../forms/calls';
import { getRecord, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { HistoryTab } from './HistoryTab';
import { RecordDetails } from './RecordDetails';
import { Discussion, FlowTab } from './slots';
import { titleOf } from './titleOf';

interface RecordDrawerProps {
  app: string;
  form: FormInfo;
  /** The number of the record that is open. */
  id: number | null;
  /** The numbers of the records in the list, for going to the one before and after. */
  siblings: readonly number[];
  onOpen: (id: number) => void;
  onClose: () => void;
}

/** One record beside the list: its fields, and what was changed. */
export function RecordDrawer({ app, form, id, siblings, onOpen, onClose }: RecordDrawerProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const phone = useIsPhone();
  const kinds = useKinds();
  const [dirty, setDirty] = useState(false);
  // A notice leads to what it tells of.
  const [tab, setTab] = useState(() => new URLSearchParams(location.search).get('tab') ?? 'details');
  const found = useQuery({
    queryKey: ['records', app, form.code, 'one', id],
    queryFn: ({ signal }) => getRecord(app, form.code, id ?? 0, signal),
    enabled: id !== null,
  });
  const leave = (go: () => void) => {
    const left = () => {
      setDirty(false);
      go();
    };
    if (!dirty) left();
    else void modal.confirm({ title: t('unsaved'), okText: t('discard'), cancelText: t('stay'), onOk: left });
  };
  const place = id === null ? -1 : siblings.indexOf(id);
  const step = (by: number, icon: 'left' | 'right', words: string) => {
    const other = place < 0 ? undefined : siblings[place + by];
    return (
      <Tooltip title={t(words)} mouseEnterDelay={0.6}>
        <Button
          type="text"
          className={icon === 'left' ? 'record-step record-up' : 'record-step record-down'}
          aria-label={t(words)}
          disabled={other === undefined}
          icon={<Icon name={icon} size={16} />}
          onClick={() => other !== undefined && leave(() => onOpen(other))}
        />
      </Tooltip>
    );
  };
  const record = found.data;
  return (
    <Drawer
      open={id !== null}
      onClose={() => leave(onClose)}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '100%' : 760}
      className="record-drawer"
      destroyOnHidden
      styles={{ body: { padding: 0 } }}
      title={
        <span className="record-title">
          <b>{record ? titleOf(record, fieldsOf(form.fields, kinds)) : form.name}</b>
          {id !== null && <span className="mono hint">#{id}</span>}
        </span>
      }
      extra={
        <span className="record-steps">
          {step(-1, 'left', 'records.before')}
          {step(1, 'right', 'records.after')}
        </span>
      }
    >
      {found.isPending && <Spin className="table-wait" />}
      {found.isError && (
        <div className="record-body">
          <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
        </div>
      )}
      {record !== undefined && (
        <Tabs
          className="record-tabs"
          activeKey={tab}
          onChange={setTab}
          items={[
            {
              key: 'details',
              label: t('records.details'),
              children: (
                <RecordDetails
                  key={record.id}
                  app={app}
                  form={form}
                  record={record}
                  onDirty={setDirty}
                  onDeleted={onClose}
                />
              ),
            },
            ...(FlowTab === undefined
              ? []
              : [
                  {
                    key: 'flow',
                    label: t('flows.record.tab'),
                    children: <FlowTab key={record.id} app={app} form={form} record={record} />,
                  },
                ]),
            ...(Discussion === undefined
              ? []
              : [
                  {
                    key: 'discussion',
                    label: t('records.discussion'),
                    children: <Discussion key={record.id} app={app} form={form} record={record} />,
                  },
                ]),
            {
              key: 'history',
              label: t('records.history'),
              children: <HistoryTab app={app} form={form} record={record} />,
            },
          ]}
        />
      )}
    </Drawer>
  );
}
