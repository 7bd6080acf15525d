import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useRouteError } from 'react-router';
import { problemOf } from '../api/problem';
import { EmptyState } from '../components/EmptyState';

/** The page of an address that does not exist. */
export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      icon="search"
      title={t('error.notFound')}
      action={<Button onClick={() => void navigate('/')}>{t('error.goHome')}</Button>}
    >
      {t('error.notFoundAdvice')}
    </EmptyState>
  );
}

/** What stands in place of a page that the user may not open. */
export function NoRight() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      icon="lock"
      title={t('error.noRight')}
      action={<Button onClick={() => void navigate('/')}>{t('error.goHome')}</Button>}
    >
      {t('error.noRightAdvice')}
    </EmptyState>
  );
}

/** What stands in place of a page that failed while it was drawn, or that could not be loaded. */
export function Crashed() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <EmptyState
      icon="warning"
      title={t('error.crashed')}
      action={<Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>}
    >
      {t('error.crashedAdvice')}
      <br />
      <span className="hint mono">{problemOf(error).title}</span>
    </EmptyState>
  );
}
