import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { User } from './calls';
import { listDepartments, listRoles, listUsers } from './calls';
import { PasswordShown } from './PasswordShown';
import { UserDrawer } from './UserDrawer';

/** The users, with their roles. */
export function UsersTab() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters(['role', 'department', 'active'] as const);
  const [open, setOpen] = useState<string | null>(null);
  const [password, setPassword] = useState<{ username: string; password: string } | null>(null);
  const roles = useQuery({ queryKey: ['users', 'roles'], queryFn: listRoles });
  const departments = useQuery({ queryKey: ['users', 'departments'], queryFn: listDepartments });
  const roleName = (code: string) => roles.data?.find((role) => role.code === code)?.name ?? code;
  const departmentName = (code: string | null) =>
    departments.data?.find((one) => one.code === code)?.name ?? code ?? '';
  return (
    <>
      <FilterBar
        actions={
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen('+')}>
            {t('users.add')}
          </Button>
        }
      >
        <ChoiceFilter
          label={t('users.role')}
          value={filters.role}
          onChange={(role) => setFilters({ role })}
          options={roles.data?.map((role) => ({ value: role.code, label: role.name })) ?? []}
        />
        <ChoiceFilter
          label={t('users.department')}
          value={filters.department}
          onChange={(department) => setFilters({ department })}
          options={departments.data?.map((one) => ({ value: one.code, label: one.name })) ?? []}
        />
        <ChoiceFilter
          label={t('state_')}
          value={filters.active}
          onChange={(active) => setFilters({ active })}
          options={[
            { value: 'true', label: t('active') },
            { value: 'false', label: t('inactive') },
          ]}
        />
      </FilterBar>
      <KeyPagedTable<User>
        label={t('users.users')}
        queryKey={['users', 'list', filters]}
        fetchPage={(after, signal) => listUsers({ ...filters, after }, signal)}
        rowKey={(row) => row.username}
        onOpen={(row) => setOpen(row.username)}
        empty={<EmptyState icon="users" title={t('notFound')} />}
        columns={[
          { title: t('users.username'), dataIndex: 'username', fixed: 'left', className: 'mono' },
          { title: t('users.name'), dataIndex: 'name' },
          {
            title: t('users.role'),
            key: 'roles',
            render: (_, row) => (
              <span className="row">
                {row.roles.map((role) => (
                  <Tag key={role} tone="ink">
                    {roleName(role)}
                  </Tag>
                ))}
              </span>
            ),
          },
          {
            title: t('users.department'),
            key: 'department',
            render: (_, row) => departmentName(row.department),
          },
          {
            title: t('state_'),
            key: 'active',
            render: (_, row) => <UserState user={row} />,
          },
        ]}
        card={(row) => (
          <>
            <span className="row">
              <b>{row.name}</b> <span className="mono muted">{row.username}</span>
              <span className="grow" />
              <UserState user={row} />
            </span>
            <span className="muted">{row.roles.map(roleName).join('、')}</span>
          </>
        )}
      />
      <UserDrawer
        username={open}
        roles={roles.data ?? []}
        departments={departments.data ?? []}
        onClose={() => setOpen(null)}
        onPassword={(username, made) => setPassword({ username, password: made })}
        onSaved={() => {
          setOpen(null);
          void queries.invalidateQueries({ queryKey: ['users'] });
        }}
      />
      <PasswordShown shown={password} onClose={() => setPassword(null)} />
    </>
  );
}

function UserState({ user }: { user: User }) {
  const { t } = useTranslation();
  if (!user.active) return <Tag>{t('inactive')}</Tag>;
  if (user.must_change_password) return <Tag tone="amber">{t('users.mustChange')}</Tag>;
  return <Tag tone="green">{t('active')}</Tag>;
}
