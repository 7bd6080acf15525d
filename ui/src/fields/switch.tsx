import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { InputProps, ShowProps } from '../forms/control';

export const shape = 'boolean';

/** Yes or no (开关). */
export function Input({ field, id, value, onChange, disabled, describedBy, dense }: InputProps) {
  const { t } = useTranslation();
  return (
    <span className="field-switch">
      <Switch
        id={id}
        checked={value === true}
        disabled={disabled ?? false}
        aria-label={field.title}
        aria-describedby={describedBy}
        onChange={onChange}
      />
      {!dense && <span className="muted">{value === true ? t('yes') : t('no')}</span>}
    </span>
  );
}

export function Show({ value }: ShowProps) {
  const { t } = useTranslation();
  return value === true ? (
    <span className="field-yes">
      <Icon name="check" size={16} /> {t('yes')}
    </span>
  ) : (
    <span className="muted">{t('no')}</span>
  );
}
