import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Select, Skeleton, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';
import { beginPreview } from '../../api/preview';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { formPage } from '../../forms/calls';
import type { Grant } from './calls';
import { getGrants, putGrants } from './calls';
import { useDesk } from './desk';
import { FieldMatrix } from './FieldMatrix';
import { ScopeList } from './ScopeList';
import { Sharing } from './Sharing';
import type { Saving } from './useSaving';

const ACTIONS = ['view', 'create', 'change', 'delete', 'export', 'import'] as const;

interface Role {
  code: string;
  name: string;
}

/** Who may do what with the records: a role, its actions, its rows, its fields. */
export function RightsStep({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { app, form } = useDesk();
  const grants = useQuery({
    queryKey: ['form-design', 'rights', app, form.code],
    queryFn: ({ signal }) => getGrants(app, form.code, signal),
    gcTime: 0,
  });
  const roles = useQuery({
    queryKey: ['roles', 'of forms'],
    queryFn: ({ signal }) => http.get<{ roles: Role[] }>('/roles', undefined, signal),
  });
  if (saving.inForce.version === null) {
    return (
      <main className="fd-rights">
        <EmptyState icon="shield" title={t('formdesigner.rightsUnpublished')}>
          {t('formdesigner.rightsUnpublishedHelp')}
        </EmptyState>
      </main>
    );
  }
  const error = grants.error ?? roles.error;
  return (
    <main className="fd-rights">
      <ProblemAlert problem={error} />
      {grants.data === undefined || roles.data === undefined ? (
        error === null && <Skeleton active />
      ) : (
        <>
          <Grants first={grants.data} roles={roles.data.roles} saving={saving} />
          <Sharing app={app} form={form.code} fields={saving.inForce.fields} roles={roles.data.roles} />
        </>
      )}
    </main>
  );
}

function Grants({ first, roles, saving }: { first: Grant[]; roles: Role[]; saving: Saving }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { app, form } = useDesk();
  const queries = useQueryClient();
  const [saved, setSaved] = useState(first);
  const [grants, setGrants] = useState(first);
  const store = useMutation({
    mutationFn: () => putGrants(app, form.code, grants),
    onSuccess: (now) => {
      setSaved(now);
      setGrants(now);
      queries.setQueryData(['form-design', 'rights', app, form.code], now);
      void message.success(t('saved'));
    },
  });
  const put = (at: number, values: Partial<Grant>) =>
    setGrants(grants.map((one, place) => (place === at ? { ...one, ...values } : one)));
  const changed = JSON.stringify(grants) !== JSON.stringify(saved);
  const free = roles.filter((role) => !grants.some((one) => one.role === role.code));
  return (
    <>
      <header className="fd-rights-head">
        <div className="grow">
          <h2>{t('formdesigner.rights')}</h2>
          <p className="hint">{t('formdesigner.rightsHelp')}</p>
        </div>
        <Select<string>
          aria-label={t('formdesigner.addRole')}
          value={t('formdesigner.addRole')}
          disabled={free.length === 0}
          popupMatchSelectWidth={false}
          options={free.map((role) => ({ value: role.code, label: role.name }))}
          onChange={(role) => setGrants([...grants, { role, actions: ['view'], scopes: [], fields: {} }])}
        />
        <Button type="primary" disabled={!changed} loading={store.isPending} onClick={() => store.mutate()}>
          {t('formdesigner.saveRights')}
        </Button>
      </header>
      <ProblemAlert problem={store.error} />
      {grants.length === 0 && (
        <EmptyState icon="shield" title={t('formdesigner.noRights')}>
          {t('formdesigner.noRightsHelp')}
        </EmptyState>
      )}
      {grants.map((grant, at) => (
        <section key={grant.role} className="card fd-grant">
          <header>
            <Icon name="users" />
            <b>{roles.find((role) => role.code === grant.role)?.name ?? grant.role}</b>
            <span className="mono hint">{grant.role}</span>
            <span className="grow" />
            <Tooltip title={t('formdesigner.previewRoleHelp')}>
              <Button
                type="text"
                size="small"
                disabled={changed}
                icon={<Icon name="eye" size={14} />}
                onClick={() => {
                  const name = roles.find((role) => role.code === grant.role)?.name ?? grant.role;
                  beginPreview(
                    { role: grant.role, name, from: window.location.pathname },
                    formPage(app, form.code),
                  );
                }}
              >
                {t('formdesigner.previewRole')}
              </Button>
            </Tooltip>
            <Button
              type="text"
              size="small"
              icon={<Icon name="trash" size={14} />}
              onClick={() => setGrants(grants.filter((one) => one !== grant))}
            >
              {t('formdesigner.removeRole')}
            </Button>
          </header>
          <div className="fd-grant-row">
            <span className="fd-label">{t('formdesigner.actions')}</span>
            <Checkbox.Group
              aria-label={t('formdesigner.actions')}
              value={grant.actions}
              options={ACTIONS.map((action) => ({
                value: action,
                label: t(`formdesigner.action.${action}`),
              }))}
              onChange={(actions) => put(at, { actions: ACTIONS.filter((one) => actions.includes(one)) })}
            />
          </div>
          <div className="fd-grant-row">
            <span className="fd-label">{t('formdesigner.rows')}</span>
            <ScopeList
              scopes={grant.scopes}
              fields={saving.inForce.fields}
              onChange={(scopes) => put(at, { scopes })}
            />
          </div>
          <div className="fd-grant-row">
            <span className="fd-label">{t('formdesigner.fields')}</span>
            <FieldMatrix
              fields={saving.inForce.fields}
              states={grant.fields}
              onChange={(fields) => put(at, { fields })}
            />
          </div>
        </section>
      ))}
    </>
  );
}
