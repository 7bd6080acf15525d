import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { endPreview, preview } from '../api/preview';
import { Icon } from '../components/Icon';

/** Says that forms are looked at through the eyes of a role, and leads out of it. */
export function PreviewBar() {
  const { t } = useTranslation();
  const look = preview();
  if (look === null) return null;
  return (
    <div className="preview-bar" role="status">
      <Icon name="eye" size={16} />
      <span className="grow">{t('preview.as', { name: look.name })}</span>
      <Button size="small" onClick={endPreview}>
        {t('preview.end')}
      </Button>
    </div>
  );
}
