import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { walk } from '../../formdesigner/tree';
import type { FormField } from '../../forms/model';
import type { Scope } from './calls';
import { ScopeCondition } from './ScopeCondition';

/** The scopes that name a field, and the kinds of field that they may name. */
const NAMED: Record<string, string> = { places: 'place', regions: 'partner' };
const KINDS = ['all', 'own', 'department', 'department_below', 'places', 'regions', 'condition'] as const;

interface ScopeListProps {
  scopes: Scope[];
  fields: FormField[];
  onChange: (scopes: Scope[]) => void;
}

/** Which rows a role reaches; all of them must hold. */
export function ScopeList({ scopes, fields, onChange }: ScopeListProps) {
  const { t } = useTranslation();
  const all = walk(fields);
  const fieldsOf = (kind: string) => all.filter((one) => one.kind === NAMED[kind]);
  const put = (at: number, scope: Scope) =>
    onChange(scopes.map((one, place) => (place === at ? scope : one)));
  const options = KINDS.map((kind) => ({
    value: kind,
    label: t(`formdesigner.scope.${kind}`),
    disabled: kind in NAMED && fieldsOf(kind).length === 0,
  }));
  return (
    <div className="fd-scopes">
      {scopes.length === 0 && <span>{t('formdesigner.scope.all')}</span>}
      {scopes.map((scope, at) => (
        // Anew whenever one comes or goes, since a condition keeps what is not complete yet to itself.
        <div key={`${scopes.length} ${at}`}>
          <Select<string>
            size="small"
            aria-label={t('formdesigner.rows')}
            value={scope.kind}
            options={options}
            popupMatchSelectWidth={false}
            onChange={(kind) => {
              const [first] = fieldsOf(kind);
              put(at, { kind, ...(first !== undefined && { field: first.id, values: [] }) });
            }}
          />
          {scope.kind in NAMED && (
            <>
              <Select<string>
                size="small"
                aria-label={t('formdesigner.scopeField')}
                {...(scope.field !== undefined && { value: scope.field })}
                options={fieldsOf(scope.kind).map((one) => ({ value: one.id, label: one.title }))}
                onChange={(field) => put(at, { ...scope, field })}
              />
              <Select<string[]>
                size="small"
                mode="tags"
                className="grow"
                aria-label={t(`formdesigner.scopeValues.${scope.kind}`)}
                placeholder={t(`formdesigner.scopeValues.${scope.kind}`)}
                value={scope.values ?? []}
                onChange={(values) => put(at, { ...scope, values })}
              />
            </>
          )}
          {scope.kind === 'condition' && (
            <ScopeCondition
              filter={scope.filter ?? null}
              fields={fields}
              onChange={(filter) => put(at, { ...scope, filter })}
            />
          )}
          <Button
            type="text"
            size="small"
            aria-label={t('formdesigner.removeScope')}
            icon={<Icon name="close" size={12} />}
            onClick={() => onChange(scopes.filter((one) => one !== scope))}
          />
        </div>
      ))}
      <Button
        type="link"
        size="small"
        icon={<Icon name="plus" size={14} />}
        onClick={() => onChange([...scopes, { kind: 'own' }])}
      >
        {t('formdesigner.addScope')}
      </Button>
    </div>
  );
}
