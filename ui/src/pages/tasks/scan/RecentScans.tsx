import { App, Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import { useSession } from '../../../api/session';
import { usePersonNames } from '../../../flows/queries';
import type { ScanEntry, Said } from './calls';
import type { ScanTaskEntry } from './useScanTask';

const LOOKS: Record<Said, { icon: 'check' | 'package' | 'close' | 'undo' | 'minus'; look: string }> = {
  right: { icon: 'check', look: 'right' },
  box: { icon: 'package', look: 'right' },
  wrong: { icon: 'close', look: 'wrong' },
  duplicate: { icon: 'undo', look: 'again' },
  undone: { icon: 'minus', look: 'undone' },
};

/** The last scans of everybody; what counts can be taken back. */
export function RecentScans({ entry }: { entry: ScanTaskEntry }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const user = useSession()?.user.username;
  const person = usePersonNames();
  const { recent } = entry;
  const undo = async (one: ScanEntry) => {
    try {
      await entry.undo(one);
      void message.success(t('tasks.scan.undone'));
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
  };
  if (recent.length === 0) return <p className="st-none hint">{t('tasks.scan.recentNone')}</p>;
  return (
    <ol className="list-rows st-recent" aria-label={t('tasks.scan.recent', { count: recent.length })}>
      {recent.map((one) => {
        const { icon, look } = LOOKS[one.answer];
        const good = look === 'right';
        return (
          <li key={one.seq} className={`list-row list-row-${look}`}>
            <span className="list-row-sign">
              <Icon name={icon} size={16} />
            </span>
            <span className="list-row-code">
              <Code value={one.item ?? one.raw} copy={false} />
            </span>
            <span className="list-row-what">
              {good && one.product !== null && <span className="mono">{one.product}</span>}
              {one.answer === 'box' && <b>{t('tasks.scan.boxOf', { count: one.quantity })}</b>}
              {good && one.answer !== 'box' && one.quantity !== 1 && (
                <span className="mono">{t('tasks.scan.times', { count: one.quantity })}</span>
              )}
              {!good && <span>{one.message}</span>}
              {one.by !== user && (
                <span className="muted">{t('tasks.scan.by', { name: person(one.by) })}</span>
              )}
            </span>
            <time className="list-row-time mono">{dayjs(one.at).format('HH:mm:ss')}</time>
            {good ? (
              <Button
                type="text"
                className="list-row-undo"
                aria-label={t('tasks.scan.undoAsk', { code: one.item ?? one.raw })}
                onClick={() => void undo(one)}
              >
                {t('tasks.scan.undo')}
              </Button>
            ) : (
              <span />
            )}
          </li>
        );
      })}
    </ol>
  );
}
