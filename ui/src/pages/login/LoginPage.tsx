import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { postLogin } from '../../api/client';
import { signIn, useSession } from '../../api/session';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { languageChosen, setLanguage } from '../../i18n';
import { LoginFrame } from './LoginFrame';

interface Values {
  username: string;
  password: string;
}

/** Signing in. */
export function LoginPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const current = useSession();
  const [remember, setRemember] = useState(true);
  const login = useMutation({
    mutationFn: (values: Values) => postLogin(values.username.trim(), values.password, remember),
    onSuccess: (answer) => {
      if (!languageChosen() && answer.user.language === 'en') void setLanguage('en');
      signIn(answer.token, answer.user, { remember });
    },
  });
  if (current !== null) return <Navigate to={safeNext(params.get('next'))} replace />;
  return (
    <LoginFrame title={t('login.title')}>
      <Form<Values>
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(values) => login.mutate(values)}
      >
        <Form.Item
          name="username"
          label={t('login.username')}
          rules={[{ required: true, message: t('login.needUsername') }]}
        >
          <Input
            prefix={<Icon name="users" />}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('login.password')}
          rules={[{ required: true, message: t('login.needPassword') }]}
        >
          <Input.Password prefix={<Icon name="lock" />} autoComplete="current-password" />
        </Form.Item>
        <Form.Item>
          <Checkbox checked={remember} onChange={(event) => setRemember(event.target.checked)}>
            {t('login.remember')}
          </Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={login.isPending}>
          {t('login.submit')}
        </Button>
      </Form>
      <ProblemAlert problem={login.error} />
      <details className="login-first">
        <summary>{t('login.firstTime')}</summary>
        <p>{t('login.firstAdvice')}</p>
      </details>
    </LoginFrame>
  );
}

/** Only addresses of our own are followed after signing in. */
export function safeNext(next: string | null): string {
  return next !== null && next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\')
    ? next
    : '/';
}
