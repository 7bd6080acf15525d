import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../components/Icon';
import { countUnread } from '../pages/notices/calls';
import '../pages/notices/notices.css';

const POLL_MS = 30_000;
const MOST = 99;

/** The bell in the top bar: how many notices are unread, and the way to them. */
export function Bell() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => countUnread(signal),
    refetchInterval: POLL_MS,
    // A bell that cannot be asked is only silent.
    retry: false,
  });
  const count = data?.unread ?? 0;
  const words = t('notices.bell', { count });
  return (
    <Link to="/notices" className="topbar-button bell" aria-label={words} title={words}>
      <Icon name="bell" />
      {count > 0 && <span className="bell-count number">{count > MOST ? `${MOST}+` : count}</span>}
    </Link>
  );
}
