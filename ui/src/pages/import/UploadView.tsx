import { useMutation } from '@tanstack/react-query';
import { Button, Spin, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/http';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';

interface UploadViewProps {
  busy: boolean;
  error: unknown;
  onFile: (file: File) => void;
  /** Where the template is and what it is called; else that of items. */
  template?: { path: string; name: string };
}

/** The beginning: a template to fill in, and the place to drop a file. */
export function UploadView({ busy, error, onFile, template: other }: UploadViewProps) {
  const { t } = useTranslation();
  const template = useMutation({
    mutationFn: () =>
      download(
        other?.path ?? '/items:import/template.xlsx',
        `${other?.name ?? t('import.templateName')}.xlsx`,
      ),
  });
  return (
    <div className="import-start">
      <section className="card import-template">
        <h2>{t('import.templateTitle')}</h2>
        <p className="muted">{t('import.templateHow')}</p>
        <Button icon={<Icon name="import" />} loading={template.isPending} onClick={() => template.mutate()}>
          {t('import.templateGet')}
        </Button>
        <ProblemAlert problem={template.error} />
      </section>
      <div className="import-drop">
        <Spin spinning={busy}>
          <Upload.Dragger
            accept=".xlsx,.xlsm,.csv,.txt,.tsv"
            maxCount={1}
            showUploadList={false}
            disabled={busy}
            beforeUpload={(file) => {
              onFile(file);
              return false;
            }}
          >
            <Icon name="export" size={40} />
            <p className="import-drop-title">{t('import.drop')}</p>
            <p className="muted">{t('import.dropHow')}</p>
          </Upload.Dragger>
        </Spin>
        <ProblemAlert problem={error} />
      </div>
    </div>
  );
}
