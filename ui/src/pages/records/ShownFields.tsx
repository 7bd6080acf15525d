import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { FormRecord } from '../../forms/calls';
import { useKinds } from '../../forms/calls';
import { controlOf, isLayout, shape } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import { widthOf } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';

interface ShownFieldsProps {
  fields: readonly FormField[];
  record: FormRecord;
}

/** The fields of a record to be read, laid out as they are filled in. */
export function ShownFields({ fields, record }: ShownFieldsProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const shown = fields.filter((one) => !one.hidden && record.states[one.code] !== 'hidden');
  return (
    <dl className="record-fields record-shown">
      {shown.map((one) => {
        if (isLayout(one.kind, kinds)) {
          const { Input } = controlOf(one, kinds);
          return (
            <div key={one.id} className="field-part">
              <Input
                field={one}
                id={`shown-${one.code}`}
                value={null}
                onChange={() => undefined}
                within={(some) => some.length > 0 && <ShownFields fields={some} record={record} />}
              />
            </div>
          );
        }
        const wide = shape(one, kinds) === 'rows' ? 12 : Math.max(widthOf(one) === 12 ? 12 : 6, widthOf(one));
        const masked = record.states[one.code] === 'masked';
        return (
          <div key={one.id} className="field-box" style={{ '--span': wide } as React.CSSProperties}>
            <dt className="muted">
              {one.title}
              {masked && (
                <span className="field-kept" title={t('fields.masked')}>
                  {' '}
                  <Icon name="hidden" size={14} />
                </span>
              )}
            </dt>
            <dd>
              <ShowValue field={one} value={record.values[one.code]} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
