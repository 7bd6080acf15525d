import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { useFilters } from '../../components/useFilters';
import { DepartmentsTab } from './DepartmentsTab';
import { RolesTab } from './RolesTab';
import { UsersTab } from './UsersTab';

/** Who may sign in, and what they may do: users, roles, departments. */
export function UsersPage() {
  const { t } = useTranslation();
  const [{ tab }, setTab] = useFilters(['tab'] as const);
  return (
    <Page title={t('users.title')} beside={t('users.beside')}>
      <Tabs
        activeKey={tab ?? 'users'}
        onChange={(key) => setTab({ tab: key === 'users' ? null : key })}
        destroyOnHidden
        items={[
          { key: 'users', label: t('users.users'), children: <UsersTab /> },
          { key: 'roles', label: t('users.roles'), children: <RolesTab /> },
          { key: 'departments', label: t('users.departments'), children: <DepartmentsTab /> },
        ]}
      />
    </Page>
  );
}
