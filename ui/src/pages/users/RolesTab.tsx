import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { Role } from './calls';
import { listRights, listRoles } from './calls';
import { RoleDrawer } from './RoleDrawer';
import { useRightName } from './useRightName';
import './users.css';

/** The roles as cards: who has them, and what they may. */
export function RolesTab() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Role | '+' | null>(null);
  const roles = useQuery({ queryKey: ['users', 'roles'], queryFn: listRoles });
  const rights = useQuery({ queryKey: ['users', 'rights'], queryFn: listRights, staleTime: Infinity });
  const nameOf = useRightName(rights.data ?? []);
  if (roles.error !== null)
    return <ProblemAlert problem={roles.error} onRetry={() => void roles.refetch()} />;
  if (roles.data === undefined) return <Spin />;
  return (
    <>
      <ul className="role-cards">
        {roles.data.map((role) => (
          <li key={role.code}>
            <button type="button" className="card role-card" onClick={() => setOpen(role)}>
              <span className="row">
                <b>{role.name}</b>
                <span className="mono hint">{role.code}</span>
                <span className="grow" />
                <span className="muted">{t('users.people', { count: role.users })}</span>
              </span>
              <span className="role-rights">
                {role.everything ? (
                  <Tag tone="ink">{t('users.everything')}</Tag>
                ) : (
                  [...new Set(role.rights.map((grant) => grant.right))].map((right) => (
                    <Tag key={right}>{nameOf(right)}</Tag>
                  ))
                )}
              </span>
            </button>
          </li>
        ))}
        <li>
          <Button type="dashed" icon={<Icon name="plus" />} onClick={() => setOpen('+')} className="role-add">
            {t('users.addRole')}
          </Button>
        </li>
      </ul>
      <RoleDrawer
        role={open}
        rights={rights.data ?? []}
        onClose={() => setOpen(null)}
        onSaved={() => {
          setOpen(null);
          void queries.invalidateQueries({ queryKey: ['users', 'roles'] });
        }}
      />
    </>
  );
}
