import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';
import { FieldBox } from './FieldBox';

/** A sub-table with its columns side by side, and a place for one more. */
export function TableBox({ field }: { field: FormField }) {
  const { t } = useTranslation();
  const { mark } = useDesk();
  const columns = field.fields ?? [];
  return (
    <div className="fd-table" data-container={field.id}>
      <span className="fd-number" aria-hidden="true">
        <i>#</i>
        <i>1</i>
      </span>
      {columns.map((one) => (
        <FieldBox key={one.id} field={one} column />
      ))}
      <div className="fd-column-drop">
        {mark?.place.within === field.id && mark.at === null && <span className="fd-line fd-line-left" />}
        <Icon name="plus" size={16} />
        <span>{t('formdesigner.dropColumn')}</span>
      </div>
    </div>
  );
}
