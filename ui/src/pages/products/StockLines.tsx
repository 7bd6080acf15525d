import { useTranslation } from 'react-i18next';
import { ItemState } from '../../components/ItemState';
import { QualityTag } from '../../components/Tags';
import type { TrackingCount, TrackingLook } from './tracking';

type Line = TrackingLook['lines'][number] & Partial<Pick<TrackingCount['lines'][number], 'bound'>>;

interface StockLinesProps {
  lines: Line[];
  label: string;
  /** The line that scans go to. */
  chosen?: number;
  onChoose?: (line: number) => void;
}

/** Balances of stock, each a line; while counting, with how many have their code. */
export function StockLines({ lines, label, chosen, onChoose }: StockLinesProps) {
  const { t } = useTranslation();
  return (
    <ul className="track-lines" aria-label={label}>
      {lines.map((line) => {
        const content = (
          <>
            <span className="mono">{line.place ?? t('products.track.noPlace')}</span>
            <span className="mono muted">{line.batch}</span>
            <span className="row grow">
              <ItemState state={line.state} /> <QualityTag quality={line.quality} />
            </span>
            <b className="number">
              {line.bound !== undefined && `${line.bound.toLocaleString()}/`}
              {line.quantity.toLocaleString()}
            </b>
          </>
        );
        return (
          <li key={line.line}>
            {onChoose ? (
              <button
                type="button"
                className={chosen === line.line ? 'track-line track-here' : 'track-line'}
                aria-pressed={chosen === line.line}
                onClick={() => onChoose(line.line)}
              >
                {content}
              </button>
            ) : (
              <div className="track-line">{content}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
