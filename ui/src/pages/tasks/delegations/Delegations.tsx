import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Popconfirm, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../api/session';
import { Icon } from '../../../components/Icon';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { Tag } from '../../../components/Tags';
import { useIsPhone } from '../../../components/useIsPhone';
import { moment } from '../../../flows/times';
import { listApps } from '../../../forms/calls';
import { AddDelegation } from './AddDelegation';
import type { Delegation } from './calls';
import { endDelegation, listDelegations } from './calls';

interface DelegationsProps {
  open: boolean;
  onClose: () => void;
}

/** Who does whose work during an absence: what holds, one more, and an end to it. */
export function Delegations({ open, onClose }: DelegationsProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const manages = useMay()('flows.manage');
  const [everybody, setEverybody] = useState(false);
  const [adding, setAdding] = useState(false);
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['delegations', everybody],
    queryFn: ({ signal }) => listDelegations(everybody, signal),
    enabled: open,
  });
  const apps = useQuery({
    queryKey: ['apps', 'names'],
    queryFn: async ({ signal }) => (await listApps(signal)).apps,
    enabled: open,
    retry: false,
  });
  const names = (apps.data ?? []).map((one) => ({ value: one.code, label: one.name }));
  const again = () => void queries.invalidateQueries({ queryKey: ['delegations'] });
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '100%' : 480}
      title={t('tasks.delegation.title')}
    >
      <div className="stack">
        <p className="muted">{t('tasks.delegation.how')}</p>
        {adding ? (
          <AddDelegation
            manages={manages}
            apps={names}
            onCancel={() => setAdding(false)}
            onAdded={() => {
              setAdding(false);
              again();
            }}
          />
        ) : (
          <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setAdding(true)}>
            {t('tasks.delegation.add')}
          </Button>
        )}
        {manages && (
          <Checkbox checked={everybody} onChange={(event) => setEverybody(event.target.checked)}>
            {t('tasks.delegation.everybody')}
          </Checkbox>
        )}
        {found.isPending && open && <Spin />}
        <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
        {found.data?.length === 0 && !adding && <p className="muted">{t('tasks.delegation.none')}</p>}
        <ul className="delegations" aria-label={t('tasks.delegation.title')}>
          {found.data?.map((one) => (
            <Line key={one.id} one={one} apps={names} onEnded={again} />
          ))}
        </ul>
      </div>
    </Drawer>
  );
}

interface LineProps {
  one: Delegation;
  apps: readonly { value: string; label: string }[];
  onEnded: () => void;
}

function Line({ one, apps, onEnded }: LineProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ending = useMutation({
    mutationFn: () => endDelegation(one.id),
    onSuccess: () => {
      void message.success(t('tasks.delegation.ended'));
      onEnded();
    },
  });
  const holds = Date.parse(one.starts_at) <= Date.now();
  const said = { owner: one.owner.name, to: one.to.name };
  const of = one.apps.map((code) => apps.find((app) => app.value === code)?.label ?? code);
  return (
    <li className="card delegation">
      <div className="grow">
        <b>{t('tasks.delegation.who', said)}</b>{' '}
        <Tag tone={holds ? 'green' : 'grey'}>{t(`tasks.delegation.${holds ? 'holds' : 'later'}`)}</Tag>
        <p>{t('tasks.delegation.when', { from: moment(one.starts_at, t), until: moment(one.ends_at, t) })}</p>
        <p className="hint">
          {of.length === 0 ? t('tasks.delegation.allApps') : of.join(t('flowdesigner.comma'))}
        </p>
        <ProblemAlert problem={ending.error} />
      </div>
      {one.own && (
        <Popconfirm
          title={t('tasks.delegation.sure')}
          okText={t('tasks.delegation.end')}
          cancelText={t('keep')}
          onConfirm={() => ending.mutate()}
        >
          <Button size="small" loading={ending.isPending} aria-label={t('tasks.delegation.endOf', said)}>
            {t('tasks.delegation.end')}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}
