import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ExportButton } from '../../../components/ExportButton';
import { Icon } from '../../../components/Icon';
import { formPage, mayDo } from '../../../forms/calls';
import type { ExportFormat } from '../../imports/calls';
import { startExport } from '../../imports/calls';
import { PasteDialog } from '../../imports/PasteDialog';
import type { ListActionProps } from '../slots';

const FORMATS: readonly ExportFormat[] = ['xlsx', 'csv', 'csv_gbk'];

/** 导入 and 导出 above a list: in from a file or the clipboard, out as the list is filtered and sorted. */
export function ListAction({ app, form, filter, sort }: ListActionProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [pasting, setPasting] = useState(false);
  return (
    <>
      {mayDo(form, 'import') && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'file', label: t('imports.fromFile') },
              { key: 'paste', label: t('imports.paste') },
            ],
            onClick: ({ key }) =>
              key === 'paste' ? setPasting(true) : void navigate(`${formPage(app, form.code)}/import`),
          }}
        >
          <Button type="text" icon={<Icon name="import" size={16} />}>
            {t('imports.button')}
          </Button>
        </Dropdown>
      )}
      {mayDo(form, 'export') && (
        <ExportButton<ExportFormat>
          plain
          label={t('imports.export')}
          formats={FORMATS.map((key) => ({ key, label: t(`imports.format.${key}`) }))}
          onStart={(format) => startExport(app, form.code, { format, filter, sort })}
        />
      )}
      {pasting && <PasteDialog app={app} form={form} onClose={() => setPasting(false)} />}
    </>
  );
}
