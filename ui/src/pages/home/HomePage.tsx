import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { ScanBox } from '../../components/ScanBox';

/** The first page: one box, and the figures of the day. */
export function HomePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('home.title')}>
      <ScanBox size="big" hotkey />
    </Page>
  );
}
