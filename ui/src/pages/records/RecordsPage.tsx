import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { appPath, formPage, useAppName, useForm } from '../../forms/calls';
import '../../forms/fields.css';
import { RecordViews } from './RecordViews';
import './records.css';

/** The records (记录) of one form. */
export function RecordsPage() {
  const { t } = useTranslation();
  const { app = '', form: code = '' } = useParams();
  const form = useForm(app, code);
  const navigate = useNavigate();
  const name = useAppName(app);
  const may = useMay();
  if (form.isPending) return <Spin className="table-wait" />;
  if (form.isError) {
    return (
      <Page title={code}>
        <ProblemAlert problem={form.error} onRetry={() => void form.refetch()} />
      </Page>
    );
  }
  if (form.data.version === null) {
    return (
      <Page title={form.data.name} beside={<Link to={appPath(app)}>{name}</Link>}>
        <div className="card">
          <EmptyState
            icon="edit"
            title={t('records.unpublished')}
            action={
              may('apps.edit') && (
                <Button type="primary" onClick={() => void navigate(`${formPage(app, code)}/design`)}>
                  {t('records.design')}
                </Button>
              )
            }
          >
            {t('records.unpublishedAdvice')}
          </EmptyState>
        </div>
      </Page>
    );
  }
  return <RecordViews key={`${app}/${code}`} app={app} form={form.data} />;
}
