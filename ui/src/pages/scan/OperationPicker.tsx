import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OperationKind } from '../../api/operations';
import { useNamed } from '../../api/operations';
import { EmptyState } from '../../components/EmptyState';
import { OperationIcon } from '../../components/OperationIcon';
import { Page } from '../../components/Page';
import { handedCount, openDrafts } from './draft';
import { groupOf, GROUPS, NOT_SCANNED, recentOperations } from './groups';

/** Which operation to scan for: what was left open, what was used last, and all by the way goods take. */
export function OperationPicker({ kinds }: { kinds: OperationKind[] }) {
  const { t } = useTranslation();
  const allowed = kinds.filter((kind) => kind.allowed && !NOT_SCANNED.has(kind.name));
  const drafts = new Map(openDrafts().map((draft) => [draft.operation, draft.count]));
  const handed = handedCount();
  const named = (names: string[]) => names.flatMap((name) => allowed.filter((kind) => kind.name === name));
  const recent = named(recentOperations());
  if (allowed.length === 0) {
    return (
      <Page title={t('scan.title')}>
        <EmptyState icon="lock" title={t('scan.noneAllowed')}>
          {t('scan.noneAllowedHow')}
        </EmptyState>
      </Page>
    );
  }
  const tiles = (list: OperationKind[]) => (
    <ul className="op-tiles">
      {list.map((kind) => (
        <li key={kind.name}>
          <Tile kind={kind} waiting={drafts.get(kind.name) ?? 0} />
        </li>
      ))}
    </ul>
  );
  return (
    <Page
      title={t('scan.title')}
      beside={handed > 0 ? t('scan.handed', { count: handed.toLocaleString() }) : t('scan.choose')}
    >
      <div className="op-groups">
        {recent.length > 0 && (
          <section className="op-recent">
            <h2>{t('scan.group.recent')}</h2>
            {tiles(recent)}
          </section>
        )}
        {[...Object.keys(GROUPS), 'other'].map((group) => {
          const ordered = group === 'other' ? allowed : named(GROUPS[group] ?? []);
          const list = ordered.filter((kind) => groupOf(kind.name) === group);
          if (list.length === 0) return null;
          return (
            <section key={group}>
              <h2>{t(`scan.group.${group}`)}</h2>
              {tiles(list)}
            </section>
          );
        })}
      </div>
    </Page>
  );
}

function Tile({ kind, waiting }: { kind: OperationKind; waiting: number }) {
  const { t } = useTranslation();
  const named = useNamed();
  return (
    <Link to={`/scan?op=${kind.name}`} className="op-tile">
      <OperationIcon name={kind.name} size={28} />
      <span>
        <b>{named(kind)}</b>
        <span className="op-how">{t(`scan.does.${kind.name}`, { defaultValue: '' })}</span>
      </span>
      {waiting > 0 && <span className="op-waiting">{t('scan.waiting', { count: waiting })}</span>}
    </Link>
  );
}
