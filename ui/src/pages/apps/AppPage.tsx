import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { formPage, listForms, postForm, useAppName } from '../../forms/calls';
import './apps.css';
import { FormCard } from './FormCard';
import { FlowList } from './FlowList';
import { NewDialog } from './NewDialog';

/** The forms (表单) of one app. */
export function AppPage() {
  const { t } = useTranslation();
  const { app = '' } = useParams();
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const name = useAppName(app);
  const list = useQuery({ queryKey: ['apps', app], queryFn: ({ signal }) => listForms(app, signal) });
  const draws = may('apps.edit');
  const forms = (list.data?.forms ?? []).filter((one) => draws || one.version !== null);
  const add = draws && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t('apps.newForm.title')}
    </Button>
  );
  return (
    <Page
      title={name}
      beside={list.isSuccess && forms.length > 0 ? t('apps.count', { count: forms.length }) : undefined}
      actions={forms.length > 0 ? add : undefined}
    >
      {list.isPending && <Spin className="table-wait" />}
      {list.isError && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && forms.length === 0 && (
        <div className="card">
          <EmptyState icon="list" title={t('apps.noForms')} action={add}>
            {t(draws ? 'apps.noFormsAdvice' : 'apps.emptyAsk')}
          </EmptyState>
        </div>
      )}
      <ul className="app-cards">
        {forms.map((one) => (
          <li key={one.code}>
            <FormCard app={app} form={one} draws={draws} />
          </li>
        ))}
      </ul>
      {list.isSuccess && <FlowList app={app} forms={forms} draws={draws} />}
      <NewDialog
        open={adding}
        words="apps.newForm"
        word="form"
        taken={forms.map((one) => one.code)}
        save={async (code, title) => {
          const made = await postForm(app, code, title);
          await queries.invalidateQueries({ queryKey: ['apps', app] });
          await navigate(`${formPage(app, made.code)}/design`);
        }}
        onClose={() => setAdding(false)}
      />
    </Page>
  );
}
