import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Switch, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { Host } from './calls';
import { asSent, listHosts, putHosts, samePlace } from './calls';

type Entered = Host & { authorization: string };

const NEW: Entered = {
  host: '',
  port: null,
  plain: false,
  private: false,
  authorized: false,
  authorization: '',
};

const KEY = ['outbound-hosts'];

const placeOf = (one: Host) => (one.port === null ? one.host : `${one.host}:${one.port}`);

/** The hosts that the server may ask; nothing else is asked. */
export function Hosts() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: listHosts });
  const [open, setOpen] = useState<Host | '+' | null>(null);
  const old = open === '+' ? null : open;
  const initial = useMemo(() => (old === null ? NEW : { ...old, authorization: '' }), [old]);
  const others = (data ?? []).filter((one) => old === null || !samePlace(one, old)).map(asSent);
  const done = () => {
    setOpen(null);
    void queries.invalidateQueries({ queryKey: KEY });
  };
  const save = ({ authorized: _, authorization, ...one }: Entered) => {
    const said = { ...one, port: one.port ?? null, host: one.host.trim() };
    return putHosts([
      ...others.filter((other) => !samePlace(other, said)),
      { ...said, ...(authorization !== '' && { authorization }) },
    ]);
  };
  const add = (
    <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setOpen('+')}>
      {t('outbound.host.add')}
    </Button>
  );
  return (
    <section className="card" aria-label={t('outbound.host.title')}>
      <header className="outbound-head">
        <div>
          <h2>{t('outbound.host.title')}</h2>
          <p className="hint">{t('outbound.host.how')}</p>
        </div>
        {data?.length !== 0 && add}
      </header>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {data?.length === 0 ? (
        <EmptyState icon="globe" title={t('outbound.host.none')} action={add}>
          {t('outbound.host.noneHow')}
        </EmptyState>
      ) : (
        <Table<Host>
          size="small"
          loading={data === undefined && error === null}
          rowKey={placeOf}
          dataSource={data ?? []}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t('outbound.host.host'),
              key: 'host',
              className: 'mono',
              render: (_, one) => placeOf(one),
            },
            {
              title: t('outbound.host.marks'),
              key: 'marks',
              render: (_, one) => (
                <span className="outbound-marks">
                  {one.authorized && <Tag tone="green">{t('outbound.host.authorized')}</Tag>}
                  {one.plain && <Tag tone="amber">{t('outbound.host.plainMark')}</Tag>}
                  {one.private && <Tag>{t('outbound.host.privateMark')}</Tag>}
                </span>
              ),
            },
            {
              key: 'edit',
              align: 'right',
              render: (_, one) => (
                <Button
                  type="link"
                  size="small"
                  aria-label={`${t('edit')} ${placeOf(one)}`}
                  onClick={() => setOpen(one)}
                >
                  {t('edit')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <EditDrawer<Entered>
        open={open !== null}
        title={old === null ? t('outbound.host.add') : placeOf(old)}
        initial={initial}
        save={save}
        onSaved={done}
        onClose={() => setOpen(null)}
        danger={
          old !== null && (
            <DeleteButton
              name={placeOf(old)}
              consequence={t('outbound.host.deleteHow')}
              onDelete={() => putHosts(others)}
              onDeleted={done}
            />
          )
        }
      >
        <div className="field-row">
          <Form.Item
            name="host"
            label={t('outbound.host.host')}
            rules={[{ required: true, message: t('required', { field: t('outbound.host.host') }) }]}
          >
            <Input
              className="mono"
              placeholder="erp.example.com"
              autoComplete="off"
              disabled={old !== null}
              maxLength={253}
            />
          </Form.Item>
          <Form.Item name="port" label={t('outbound.host.port')} extra={t('outbound.host.portHow')}>
            <InputNumber<number> min={1} max={65_535} precision={0} disabled={old !== null} />
          </Form.Item>
        </div>
        <Form.Item
          name="authorization"
          label="Authorization"
          extra={t(old?.authorized === true ? 'outbound.host.kept' : 'outbound.host.authorizationHow')}
        >
          <Input.Password
            className="mono"
            placeholder={old?.authorized === true ? '••••••••' : 'Bearer …'}
            autoComplete="new-password"
            maxLength={2_000}
          />
        </Form.Item>
        <Form.Item
          name="plain"
          label={t('outbound.host.plain')}
          extra={t('outbound.host.plainHow')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item
          name="private"
          label={t('outbound.host.private')}
          extra={t('outbound.host.privateHow')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </EditDrawer>
    </section>
  );
}
