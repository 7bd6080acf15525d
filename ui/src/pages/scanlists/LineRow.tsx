import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import '../../components/operationfields.css';
import { StateDot } from '../../components/StateDot';
import type { ScanLineInfo } from './calls';

const LOOKS = {
  right: { icon: 'check', name: 'right' },
  box: { icon: 'package', name: 'right' },
  wrong: { icon: 'close', name: 'wrong' },
  duplicate: { icon: 'undo', name: 'again' },
  undone: { icon: 'minus', name: 'undone' },
} as const;

interface LineRowProps {
  line: ScanLineInfo;
  onUndo?: ((line: ScanLineInfo) => void) | undefined;
}

/** One line of a scan list, with what it leads to now. */
export function LineRow({ line, onUndo }: LineRowProps) {
  const { t } = useTranslation();
  const look = LOOKS[line.answer];
  const good = line.answer === 'right' || line.answer === 'box';
  return (
    <li className={`list-row list-row-${look.name}`}>
      <span className="list-row-sign" title={t(`scanlists.verdict.${look.name}`)}>
        <Icon name={look.icon} size={16} />
        <span className="visually-hidden">{t(`scanlists.verdict.${look.name}`)}</span>
      </span>
      <span className="list-row-code">
        <Code value={line.item ?? line.raw} copy={false} />
      </span>
      <span className="list-row-what">
        {line.answer === 'box' && <b>{t('scanlists.boxOf', { count: line.quantity })}</b>}
        {good && line.product !== null && <span className="mono">{line.product}</span>}
        {good && line.batch !== null && <span className="mono">{line.batch}</span>}
        {good && line.item === null && <span className="mono">× {line.quantity}</span>}
        {good && line.state !== null && <StateDot state={line.state} />}
        {good && line.place !== null && <span className="mono">{line.place}</span>}
        {line.box !== null && (
          <span className="muted">
            {t('scanlists.from')} <span className="mono">{line.box}</span>
          </span>
        )}
        {!good && <span>{line.message}</span>}
        {!good && line.source > 0 && (
          <span className="muted">{t('scanlists.row', { row: line.source })}</span>
        )}
      </span>
      <time className="mono list-row-time">{new Date(line.at).toTimeString().slice(0, 8)}</time>
      {onUndo && (
        <button type="button" className="link-button list-row-undo" onClick={() => onUndo(line)}>
          {t(good ? 'scanlists.undo' : 'scanlists.drop')}
        </button>
      )}
    </li>
  );
}
