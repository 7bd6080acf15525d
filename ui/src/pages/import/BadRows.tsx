import { Button, Checkbox } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BadCell, Guess, Report } from './calls';
import type { Line } from './wizard';
import { linesOf } from './wizard';

const FIRST = 100;
const MORE = 400;

/** The bad rows take the space, the good ones are folded; every reason says what to do. */
export function BadRows({
  guess,
  report,
}: {
  guess: Pick<Guess, 'header_rows'>;
  report: Pick<Report, 'bad' | 'bad_count' | 'by_code'>;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<string | null>(null);
  const [folded, setFolded] = useState(true);
  const [shown, setShown] = useState(FIRST);
  const [, last = 1] = guess.header_rows;
  const reasons = Object.entries(report.by_code).sort(([, a], [, b]) => b - a);
  const chosen = reason === null ? report.bad : report.bad.filter((cell) => cell.code === reason);
  // Where a reason is chosen, what lies between its rows is not all good.
  const lines = linesOf(chosen, last + 1, null).filter(
    (line) => 'bad' in line || (folded && reason === null),
  );
  const words = new Map(report.bad.map((cell) => [cell.code, cell.message]));
  return (
    <>
      <div className="reasons" role="group" aria-label={t('import.byReason')}>
        <span className="muted">{t('import.byReason')}</span>
        <button type="button" className="chip" aria-pressed={reason === null} onClick={() => setReason(null)}>
          {t('all')} <span className="number">{report.bad_count.toLocaleString()}</span>
        </button>
        {reasons.map(([code, count]) => (
          <button
            key={code}
            type="button"
            className="chip chip-wrong"
            aria-pressed={reason === code}
            title={words.get(code)}
            onClick={() => setReason(reason === code ? null : code)}
          >
            {t(`import.reason.${code}`, { defaultValue: words.get(code) ?? code })}{' '}
            <span className="number">{count.toLocaleString()}</span>
          </button>
        ))}
        <span className="grow" />
        <Checkbox checked={folded} onChange={(event) => setFolded(event.target.checked)}>
          {t('import.showFolds')}
        </Checkbox>
      </div>
      <table className="bad-rows">
        <thead>
          <tr>
            <th scope="col">{t('import.row')}</th>
            <th scope="col">{t('import.column')}</th>
            <th scope="col">{t('import.cell')}</th>
            <th scope="col">{t('import.whatToDo')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, shown).map((line) => (
            <LineRows key={'bad' in line ? `bad ${line.row}` : `good ${line.from}`} line={line} />
          ))}
        </tbody>
      </table>
      {lines.length > shown && (
        <Button type="text" block onClick={() => setShown(shown + MORE)}>
          {t('scan.showMore', { count: lines.length - shown })}
        </Button>
      )}
      {report.bad.length < report.bad_count && (
        <p className="cleaned">{t('import.notAll', { shown: report.bad.length, count: report.bad_count })}</p>
      )}
    </>
  );
}

function LineRows({ line }: { line: Line }) {
  const { t } = useTranslation();
  if (!('bad' in line)) {
    return (
      <tr className="fold">
        <td colSpan={4}>
          {line.from === line.to
            ? t('import.foldOne', { row: line.from })
            : t('import.fold', { from: line.from, to: line.to })}
        </td>
      </tr>
    );
  }
  return (
    <Fragment>
      {line.bad.map((cell, index) => (
        <tr key={index} className="bad-row">
          {index === 0 && (
            <th scope="row" rowSpan={line.bad.length} className="number">
              {line.row}
            </th>
          )}
          <td>
            {cell.column} <span className="hint mono">{cell.cell}</span>
          </td>
          <td className="bad-cell mono">{cell.value === '' ? t('import.emptyCell') : cell.value}</td>
          <td>
            <Reason cell={cell} />
          </td>
        </tr>
      ))}
    </Fragment>
  );
}

function Reason({ cell }: { cell: BadCell }) {
  const { t } = useTranslation();
  return (
    <>
      <b className="bad-why">{cell.message}</b>
      {cell.suggestion !== null && !cell.advice.includes(cell.suggestion) && (
        <span className="bad-meant">
          {t('import.meant')} <b className="mono">{cell.suggestion}</b>
        </span>
      )}
      {cell.advice !== '' && <span className="bad-todo">{cell.advice}</span>}
    </>
  );
}
