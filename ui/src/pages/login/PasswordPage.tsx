import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { signOut, updateUser, useSession } from '../../api/session';
import { ProblemAlert } from '../../components/ProblemAlert';
import { postPassword } from './calls';
import { LoginFrame } from './LoginFrame';

interface Values {
  old: string;
  fresh: string;
  again: string;
}

/** Changing one's password: wanted, or asked for after an administrator has set it. */
export function PasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const user = useSession()?.user;
  const change = useMutation({
    mutationFn: (values: Values) => postPassword(values.old, values.fresh),
    onSuccess: () => {
      if (user) updateUser({ ...user, must_change_password: false });
      void message.success(t('login.passwordChanged'));
      void navigate('/');
    },
  });
  if (user === undefined) return <Navigate to="/login" replace />;
  const forced = user.must_change_password === true;
  return (
    <LoginFrame title={t('login.changePassword')}>
      {forced && <p className="muted">{t('login.mustChange')}</p>}
      <Form<Values>
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(values) => change.mutate(values)}
      >
        <input type="text" autoComplete="username" value={user.username} readOnly hidden />
        <Form.Item
          name="old"
          label={t('login.oldPassword')}
          rules={[{ required: true, message: t('login.needPassword') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="fresh"
          label={t('login.newPassword')}
          extra={t('login.passwordRule')}
          rules={[{ required: true, min: 8, message: t('login.tooShort') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('login.repeatPassword')}
          dependencies={['fresh']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('fresh')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('login.notSame'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {t('login.changePassword')}
        </Button>
        <Button type="text" block onClick={() => (forced ? signOut() : void navigate(-1))}>
          {forced ? t('top.signOut') : t('cancel')}
        </Button>
      </Form>
      <ProblemAlert problem={change.error} />
    </LoginFrame>
  );
}
