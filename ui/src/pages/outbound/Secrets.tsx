import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Secret } from './calls';
import { deleteSecret, listSecrets, putSecret } from './calls';

/** The fields of two drawers on one page may not be called alike. */
interface Entered {
  name: string;
  value: string;
  bound: string;
}

const NEW: Entered = { name: '', bound: '', value: '' };
const KEY = ['outbound-secrets', 'hosts'];

/** The secrets that flows say by their names: written once, never shown. */
export function Secrets() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: listSecrets });
  const [open, setOpen] = useState<Secret | '+' | null>(null);
  const old = open === '+' ? null : open;
  const initial = useMemo(() => (old === null ? NEW : { name: old.name, bound: old.host, value: '' }), [old]);
  const done = () => {
    setOpen(null);
    void queries.invalidateQueries({ queryKey: ['outbound-secrets'] });
  };
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  const add = (
    <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setOpen('+')}>
      {t('outbound.secret.add')}
    </Button>
  );
  return (
    <section className="card" aria-label={t('outbound.secret.title')}>
      <header className="outbound-head">
        <div>
          <h2>{t('outbound.secret.title')}</h2>
          <p className="hint">{t('outbound.secret.how')}</p>
        </div>
        {data?.length !== 0 && add}
      </header>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {data?.length === 0 ? (
        <EmptyState icon="key" title={t('outbound.secret.none')} action={add}>
          {t('outbound.secret.noneHow')}
        </EmptyState>
      ) : (
        <Table<Secret>
          size="small"
          loading={data === undefined && error === null}
          rowKey={(one) => one.name}
          dataSource={data ?? []}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('outbound.secret.name'), dataIndex: 'name', className: 'mono' },
            {
              title: t('outbound.secret.host'),
              key: 'host',
              render: (_, one) =>
                one.host === '' ? (
                  <span className="muted">{t('outbound.secret.anyHost')}</span>
                ) : (
                  <span className="mono">{one.host}</span>
                ),
            },
            {
              key: 'edit',
              align: 'right',
              render: (_, one) => (
                <Button
                  type="link"
                  size="small"
                  aria-label={`${t('outbound.secret.renew')} ${one.name}`}
                  onClick={() => setOpen(one)}
                >
                  {t('outbound.secret.renew')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <EditDrawer<Entered>
        open={open !== null}
        title={old === null ? t('outbound.secret.add') : old.name}
        initial={initial}
        save={({ name, value, bound }) => putSecret(name.trim(), value, bound.trim())}
        onSaved={done}
        onClose={() => setOpen(null)}
        danger={
          old !== null && (
            <DeleteButton
              name={old.name}
              consequence={t('outbound.secret.deleteHow')}
              onDelete={() => deleteSecret(old.name)}
              onDeleted={done}
            />
          )
        }
      >
        <Form.Item
          name="name"
          label={t('outbound.secret.name')}
          extra={t('outbound.secret.nameHow')}
          rules={required(t('outbound.secret.name'))}
        >
          <Input
            className="mono"
            placeholder="erp-token"
            autoComplete="off"
            disabled={old !== null}
            maxLength={63}
          />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('outbound.secret.value')}
          extra={t(old === null ? 'outbound.secret.once' : 'outbound.secret.over')}
          rules={required(t('outbound.secret.value'))}
        >
          <Input.Password className="mono" autoComplete="new-password" maxLength={4_000} />
        </Form.Item>
        <Form.Item name="bound" label={t('outbound.secret.host')} extra={t('outbound.secret.hostHow')}>
          <Input className="mono" placeholder="erp.example.com" autoComplete="off" maxLength={253} />
        </Form.Item>
      </EditDrawer>
    </section>
  );
}
