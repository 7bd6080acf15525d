import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import './account.css';
import type { Myself, Topic } from './calls';
import { changeMyself, getMyself } from './calls';

const TOPICS: Topic[] = ['work', 'messages', 'talk', 'copies', 'results', 'faults'];
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** One's own account (我的账号): the mail address, and which notices come there. */
export function AccountPage() {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => getMyself(signal),
    refetchOnWindowFocus: false,
  });
  return (
    <Page title={t('account.title')} beside={t('account.beside')}>
      <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <Skeleton active />}
      {found.data !== undefined && <Account me={found.data} />}
    </Page>
  );
}

function Account({ me }: { me: Myself }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Pick<Myself, 'email' | 'mails'>>();
  // Before the form is there, nothing of it is watched.
  const typed = Form.useWatch((values: Partial<Myself>) => values.email, form);
  const none = (typed ?? me.email) === '';
  const saving = useMutation({
    mutationFn: changeMyself,
    onSuccess: (now) => {
      queries.setQueryData(['me'], now);
      form.setFieldsValue({ email: now.email, mails: now.mails });
      void message.success(t('saved'));
    },
  });
  return (
    <div className="account">
      <section className="card account-part">
        <dl className="account-facts">
          <dt>{t('account.username')}</dt>
          <dd className="mono">{me.username}</dd>
          <dt>{t('account.name')}</dt>
          <dd>{me.name}</dd>
          <dt>{t('account.department')}</dt>
          <dd>{me.department ?? t('account.noDepartment')}</dd>
        </dl>
        <p className="hint">{t('account.byManager')}</p>
        <Button onClick={() => void navigate('/login/password')}>{t('account.password')}</Button>
      </section>
      <section className="card account-part">
        <Form
          form={form}
          layout="vertical"
          initialValues={{ email: me.email, mails: me.mails }}
          onFinish={(values) => saving.mutate(values)}
        >
          <Form.Item
            name="email"
            label={t('account.email')}
            extra={t('account.emailHow')}
            rules={[{ pattern: ADDRESS, message: t('account.emailWrong') }]}
          >
            <Input
              type="email"
              maxLength={254}
              autoComplete="email"
              placeholder={t('account.emailExample')}
            />
          </Form.Item>
          <Form.Item
            name="mails"
            label={t('account.mails')}
            extra={t(none ? 'account.mailsOff' : 'account.mailsHow')}
          >
            <Checkbox.Group
              className="account-topics"
              disabled={none}
              options={TOPICS.map((one) => ({ value: one, label: t(`account.topic.${one}`) }))}
            />
          </Form.Item>
          <ProblemAlert problem={saving.error} />
          <div className="row account-end">
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {t('save')}
            </Button>
            {me.email !== '' && me.mails.length > 0 && (
              <Button onClick={() => saving.mutate({ mails: [] })}>{t('account.unsubscribe')}</Button>
            )}
          </div>
        </Form>
      </section>
    </div>
  );
}
