import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { InputProps } from '../forms/control';
import { useEntryAround } from '../forms/entry';
import { asText } from '../forms/model';
import { PrintButton } from '../printing/PrintButton';

export const shape = 'layout';

/** Prints the record that it stands in with a certain label (打印按钮); a record that is not saved yet has none. */
export function Input({ field }: InputProps) {
  const { t } = useTranslation();
  const around = useEntryAround();
  const text = asText(field.options?.['text']) || field.title;
  const record = around?.record ?? null;
  if (around === null || record === null) {
    return (
      <Tooltip title={t('fields.printLater')}>
        <Button disabled icon={<Icon name="label" size={16} />}>
          {text}
        </Button>
      </Tooltip>
    );
  }
  return (
    <PrintButton
      records={{ app: around.app, form: around.form, ids: [record] }}
      label={asText(field.options?.['label'])}
      text={text}
    />
  );
}

export function Show() {
  return null;
}
