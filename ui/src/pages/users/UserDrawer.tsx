import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Select, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { EditDrawer } from '../../components/EditDrawer';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Department, Role, User } from './calls';
import { changeUser, createUser, getUser, resetPassword } from './calls';

interface UserDrawerProps {
  /** '+' for a new one, null for none. */
  username: string | null;
  roles: Role[];
  departments: Department[];
  onClose: () => void;
  onSaved: () => void;
  /** A password was made up and must be shown. */
  onPassword: (username: string, password: string) => void;
}

type Values = Pick<User, 'username' | 'name' | 'roles' | 'department' | 'language' | 'email' | 'active'> & {
  password?: string;
};

const NEW: Values = {
  username: '',
  name: '',
  roles: [],
  department: null,
  language: 'zh',
  email: '',
  active: true,
};

/** Adding or changing one user. */
export function UserDrawer({ username, roles, departments, onClose, onSaved, onPassword }: UserDrawerProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const fresh = username === '+';
  const found = useQuery({
    queryKey: ['users', 'one', username],
    queryFn: () => getUser(username ?? ''),
    enabled: username !== null && !fresh,
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const user = fresh ? undefined : found.data;
  const initial = useMemo<Values>(() => {
    if (!user) return NEW;
    const { username: kept, name, roles: held, department, language, email, active } = user;
    return { username: kept, name, roles: held, department, language, email, active };
  }, [user]);

  const save = async ({ username: typed, password, active, ...values }: Values) => {
    const body = { ...values, department: values.department ?? null };
    if (user) return changeUser(user.username, { ...body, active, version: user.version });
    const given = password === undefined || password === '' ? null : password;
    const made = await createUser({ ...body, username: typed.trim(), password: given });
    if (made.password !== null) onPassword(made.username, made.password);
    return made;
  };
  const reset = useMutation({
    mutationFn: resetPassword,
    onSuccess: (answer, name) => {
      onSaved();
      if (answer.password !== null) onPassword(name, answer.password);
    },
    onError: (error) => void modal.error({ title: problemOf(error).detail ?? problemOf(error).title }),
  });
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  return (
    <EditDrawer<Values>
      open={username !== null}
      title={fresh ? t('users.add') : username}
      initial={initial}
      save={save}
      onSaved={onSaved}
      onClose={onClose}
      above={<ProblemAlert problem={found.error} />}
      danger={
        user && (
          <Button
            loading={reset.isPending}
            onClick={() =>
              void modal.confirm({
                title: t('users.resetTitle', { user: user.username }),
                content: t('users.resetAdvice'),
                okText: t('users.reset'),
                onOk: () => reset.mutate(user.username),
              })
            }
          >
            {t('users.reset')}
          </Button>
        )
      }
    >
      <div className="field-row">
        <Form.Item name="username" label={t('users.username')} rules={required(t('users.username'))}>
          <Input
            className="mono"
            disabled={!fresh}
            autoComplete="off"
            autoCapitalize="off"
            placeholder="chenmin"
          />
        </Form.Item>
        <Form.Item name="name" label={t('users.name')} rules={required(t('users.name'))}>
          <Input placeholder="陈敏" autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="roles" label={t('users.role')} extra={t('users.rolesHint')}>
        <Select mode="multiple" options={roles.map((role) => ({ value: role.code, label: role.name }))} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="department" label={t('users.department')}>
          <Select allowClear options={departments.map((one) => ({ value: one.code, label: one.name }))} />
        </Form.Item>
        <Form.Item name="language" label={t('users.language')}>
          <Select
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item name="email" label={t('users.email')} extra={t('users.emailHint')}>
        <Input type="email" maxLength={254} autoComplete="off" placeholder="chenmin@example.com" />
      </Form.Item>
      {fresh ? (
        <Form.Item name="password" label={t('users.password')} extra={t('users.passwordHint')}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      ) : (
        <Form.Item name="active" label={t('users.activeLabel')} valuePropName="checked" layout="horizontal">
          <Switch />
        </Form.Item>
      )}
    </EditDrawer>
  );
}
