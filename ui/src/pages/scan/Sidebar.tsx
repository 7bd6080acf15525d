import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session';
import { Code } from '../../components/Code';
import type { Summary } from './summary';

/** Beside the board: what has been counted by product, and what went wrong. */
export const Sidebar = memo(function Sidebar({ sum }: { sum: Summary }) {
  const { t } = useTranslation();
  const user = useSession()?.user;
  const issues = [
    ['wrong', sum.wrong],
    ['again', sum.again],
    ['unchecked', sum.unchecked],
  ] as const;
  return (
    <aside className="desk-side">
      <section className="card">
        <div className="card-head">
          <h2>{t('scan.side.products')}</h2>
        </div>
        {sum.products.length === 0 ? (
          <p className="side-none">{t('scan.side.none')}</p>
        ) : (
          <ul className="side-products">
            {sum.products.map((line) => (
              <li key={`${line.product ?? ''} ${line.batch ?? ''} ${line.quantity === null ? 's' : 'q'}`}>
                <span>
                  {line.product === null ? t('scan.package') : <Code value={line.product} copy={false} />}
                  {line.batch !== null && <span className="hint mono"> {line.batch}</span>}
                </span>
                <b className="number">{(line.quantity ?? line.pieces).toLocaleString()}</b>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="card">
        <div className="card-head">
          <h2>{t('scan.side.issues')}</h2>
        </div>
        <ul className="side-products">
          {issues.map(([name, count]) => (
            <li key={name} className={count > 0 ? `side-${name}` : 'muted'}>
              <span>{t(`scan.verdict.${name}`)}</span>
              <b className="number">{count.toLocaleString()}</b>
            </li>
          ))}
        </ul>
      </section>
      <p className="hint">
        {user?.name ?? user?.username}
        <br />
        {t('scan.side.keys')}
      </p>
    </aside>
  );
});
