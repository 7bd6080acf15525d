import { useMutation } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { useMembers } from '../../../forms/people';
import { addDelegation } from './calls';

interface AddDelegationProps {
  /** Whether it may be done for others. */
  manages: boolean;
  apps: { value: string; label: string }[];
  onAdded: () => void;
  onCancel: () => void;
}

interface Given {
  owner?: string;
  to: string;
  from: Dayjs;
  until: Dayjs;
  apps?: string[];
}

const FORMAT = 'YYYY-MM-DD HH:mm';

/** To whom, from when until when, and of which apps. */
export function AddDelegation({ manages, apps, onAdded, onCancel }: AddDelegationProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const members = useMembers();
  const [form] = Form.useForm<Given>();
  const adding = useMutation({
    mutationFn: (given: Given) =>
      addDelegation({
        to: given.to,
        starts_at: given.from.format(),
        ends_at: given.until.format(),
        apps: given.apps ?? [],
        ...(given.owner !== undefined && { owner: given.owner }),
      }),
    onSuccess: () => {
      void message.success(t('saved'));
      onAdded();
    },
  });
  const must = (field: string) => [{ required: true, message: t('required', { field: t(field) }) }];
  const people = { showSearch: { optionFilterProp: ['label', 'value'] }, options: members ?? [] };
  const time = { showTime: { format: 'HH:mm' }, format: FORMAT, needConfirm: false, className: 'field-wide' };
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      className="card delegation-add"
      initialValues={{
        from: dayjs().second(0),
        until: dayjs().add(1, 'day').hour(18).minute(0).second(0),
      }}
      onFinish={(given) => adding.mutate(given)}
    >
      <ProblemAlert problem={adding.error} />
      {manages && (
        <Form.Item name="owner" label={t('tasks.delegation.owner')}>
          <Select<string> allowClear placeholder={t('tasks.delegation.me')} {...people} />
        </Form.Item>
      )}
      <Form.Item name="to" label={t('tasks.delegation.to')} rules={must('tasks.delegation.to')}>
        <Select<string> autoFocus placeholder={t('tasks.people.pick')} {...people} />
      </Form.Item>
      <div className="delegation-times">
        <Form.Item name="from" label={t('tasks.delegation.from')} rules={must('tasks.delegation.from')}>
          <DatePicker {...time} />
        </Form.Item>
        <Form.Item
          name="until"
          label={t('tasks.delegation.until')}
          dependencies={['from']}
          rules={[
            ...must('tasks.delegation.until'),
            ({ getFieldValue }) => ({
              validator: (_, until: Dayjs | null) =>
                until === null || until.isAfter(getFieldValue('from') as Dayjs)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('tasks.delegation.order'))),
            }),
          ]}
        >
          <DatePicker {...time} />
        </Form.Item>
      </div>
      <Form.Item name="apps" label={t('tasks.delegation.apps')}>
        <Select<string[]>
          mode="multiple"
          placeholder={t('tasks.delegation.allApps')}
          showSearch={{ optionFilterProp: 'label' }}
          options={apps}
        />
      </Form.Item>
      <footer>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={adding.isPending}>
          {t('save')}
        </Button>
      </footer>
    </Form>
  );
}
