import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { FormField } from '../../forms/model';
import type { useShownFields } from './useShownFields';

interface ColumnChooserProps {
  fields: readonly FormField[];
  choosing: ReturnType<typeof useShownFields>;
}

/** Which fields the list shows. */
export function ColumnChooser({ fields, choosing }: ColumnChooserProps) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="records-columns">
          {fields.map((one) => (
            <Checkbox
              key={one.id}
              checked={choosing.isShown(one)}
              disabled={choosing.shown.length === 1 && choosing.isShown(one)}
              onChange={(event) => choosing.toggle(one, event.target.checked)}
            >
              {one.title}
            </Checkbox>
          ))}
          <Button type="link" size="small" onClick={choosing.reset}>
            {t('records.usualColumns')}
          </Button>
        </div>
      }
    >
      <Button icon={<Icon name="table" size={16} />}>{t('records.columns')}</Button>
    </Popover>
  );
}
