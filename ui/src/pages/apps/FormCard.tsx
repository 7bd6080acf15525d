import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import type { FormSummary } from '../../forms/calls';
import { formPage } from '../../forms/calls';

interface FormCardProps {
  app: string;
  form: FormSummary;
  /** Whether the reader may draw forms. */
  draws: boolean;
}

/** One form: what state it is in, and the ways to its records and to its drawing. */
export function FormCard({ app, form, draws }: FormCardProps) {
  const { t } = useTranslation();
  const page = formPage(app, form.code);
  const published = form.version !== null;
  return (
    <article className="card form-card">
      <Link className="form-card-main" to={published ? page : `${page}/design`}>
        <b>{form.name}</b>
        <span className="mono hint">{form.code}</span>
        <span className="form-card-state">
          {published ? (
            <Tag tone="ink">{t('apps.published', { version: form.version })}</Tag>
          ) : (
            <Tag tone="amber">{t('apps.unpublished')}</Tag>
          )}
          {form.draft && published && <Tag>{t('apps.draft')}</Tag>}
        </span>
        <span className="hint">
          {t('apps.updated', { at: dayjs(form.updated_at).format('YYYY-MM-DD HH:mm') })}
        </span>
      </Link>
      <footer>
        {published && (
          <>
            <Link to={page}>
              <Icon name="list" size={16} /> {t('apps.openList')}
            </Link>
            <Link to={`${page}?open=new`}>
              <Icon name="plus" size={16} /> {t('add')}
            </Link>
          </>
        )}
        {draws && (
          <Link to={`${page}/design`} className="form-card-design">
            <Icon name="edit" size={16} /> {t('apps.openDesigner')}
          </Link>
        )}
      </footer>
    </article>
  );
}
