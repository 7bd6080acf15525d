import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../api/session';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';

const SHORTCUTS: { key: string; to: string; icon: IconName; right: string }[] = [
  { key: 'receive', to: '/scan?op=receive', icon: 'import', right: 'operation.receive' },
  { key: 'putaway', to: '/scan?op=putaway', icon: 'place', right: 'operation.putaway' },
  { key: 'move', to: '/scan?op=move', icon: 'cycle', right: 'operation.move' },
  { key: 'ship', to: '/scan?op=ship', icon: 'truck', right: 'operation.ship' },
  { key: 'inspect', to: '/scan?op=inspect', icon: 'check', right: 'operation.inspect' },
  { key: 'return_', to: '/scan?op=return_', icon: 'undo', right: 'operation.return_' },
  { key: 'repair_in', to: '/scan?op=repair_in', icon: 'wrench', right: 'operation.repair_in' },
  { key: 'hold', to: '/scan?op=hold', icon: 'lock', right: 'operation.hold' },
];

/** What is done every day, one press away. */
export function Shortcuts() {
  const { t } = useTranslation();
  const may = useMay();
  const allowed = SHORTCUTS.filter((one) => may(one.right));
  if (allowed.length === 0) return null;
  return (
    <nav className="card" aria-label={t('home.shortcuts')}>
      <div className="card-head">
        <h2>{t('home.shortcuts')}</h2>
      </div>
      <div className="shortcuts">
        {allowed.map((one) => (
          <Link key={one.key} to={one.to}>
            <Icon name={one.icon} size={24} />
            {t(`operation.${one.key}`)}
          </Link>
        ))}
      </div>
    </nav>
  );
}
