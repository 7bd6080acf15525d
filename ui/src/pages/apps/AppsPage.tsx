import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { appPath, listApps, postApp } from '../../forms/calls';
import './apps.css';
import { NewDialog } from './NewDialog';

/** The apps (应用) of the company; each holds forms that belong together. */
export function AppsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ['apps'], queryFn: ({ signal }) => listApps(signal) });
  const apps = list.data?.apps ?? [];
  const add = may('apps.edit') && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t('apps.newApp.title')}
    </Button>
  );
  return (
    <Page title={t('apps.title')} beside={t('apps.beside')} actions={apps.length > 0 ? add : undefined}>
      {list.isPending && <Spin className="table-wait" />}
      {list.isError && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && apps.length === 0 && (
        <div className="card">
          <EmptyState icon="pages" title={t('apps.empty')} action={add}>
            {t(may('apps.edit') ? 'apps.emptyAdvice' : 'apps.emptyAsk')}
          </EmptyState>
        </div>
      )}
      <ul className="app-cards">
        {apps.map((one) => (
          <li key={one.code}>
            <Link className="card app-card" to={appPath(one.code)}>
              <span className="app-mark" aria-hidden="true">
                {String.fromCodePoint(one.name.codePointAt(0) ?? 0x20)}
              </span>
              <span className="grow">
                <b>{one.name}</b>
                <span className="mono hint">{one.code}</span>
              </span>
              <Icon name="right" size={16} />
            </Link>
          </li>
        ))}
      </ul>
      <NewDialog
        open={adding}
        words="apps.newApp"
        word="app"
        taken={apps.map((one) => one.code)}
        save={async (code, name) => {
          const made = await postApp(code, name);
          await queries.invalidateQueries({ queryKey: ['apps'] });
          await navigate(appPath(made.code));
        }}
        onClose={() => setAdding(false)}
      />
    </Page>
  );
}
