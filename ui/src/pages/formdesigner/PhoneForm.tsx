import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import type { Declaration } from '../../formdesigner/declared';
import { byName, say } from '../../formdesigner/declared';
import { formPage } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import type { Drawn } from './calls';
import { kindIcon } from './kindIcon';

interface PhoneFormProps {
  app: string;
  drawn: Drawn;
  declaration: Declaration;
}

/** A form on a phone: its fields to read; drawing needs a larger screen. */
export function PhoneForm({ app, drawn, declaration }: PhoneFormProps) {
  const { t } = useTranslation();
  const { form, fields, revision } = drawn;
  return (
    <div className="page fd-small">
      <h1>{form.name}</h1>
      <p>
        {revision !== null && (
          <Tag tone="amber">{t('formdesigner.draftV', { version: (form.version ?? 0) + 1 })}</Tag>
        )}{' '}
        {form.version === null ? (
          <Tag>{t('formdesigner.unpublished')}</Tag>
        ) : (
          <Tag tone="green">{t('formdesigner.publishedV', { version: form.version })}</Tag>
        )}
      </p>
      <Alert type="info" showIcon title={t('formdesigner.needsDesk')} />
      <FieldList fields={fields} declaration={declaration} />
      <Link className="fd-small-back" to={formPage(app, form.code)}>
        {t('back')}
      </Link>
    </div>
  );
}

function FieldList({ fields, declaration }: { fields: readonly FormField[]; declaration: Declaration }) {
  const { t, i18n } = useTranslation();
  const kinds = byName(declaration.kinds);
  if (fields.length === 0) return <p className="muted">{t('formdesigner.noFields')}</p>;
  return (
    <ul className="fd-small-list">
      {fields.map((one) => {
        const kind = kinds.get(one.kind);
        return (
          <li key={one.id}>
            <div>
              <Icon name={kindIcon(kind)} size={18} />
              <b>{one.title}</b>
              {one.required && <i>*</i>}
              <span className="hint">{kind === undefined ? one.kind : say(kind.title, i18n.language)}</span>
            </div>
            {one.fields !== undefined && <FieldList fields={one.fields} declaration={declaration} />}
          </li>
        );
      })}
    </ul>
  );
}
