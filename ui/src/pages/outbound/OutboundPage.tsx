import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { Hosts } from './Hosts';
import './outbound.css';
import { Secrets } from './Secrets';

/** Other systems (外部系统): which the server may ask, and the secrets that are sent to them. */
export function OutboundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('outbound.title')} beside={t('outbound.beside')}>
      <div className="outbound">
        <Hosts />
        <Secrets />
      </div>
    </Page>
  );
}
