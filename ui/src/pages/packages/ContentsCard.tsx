import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Box } from './calls';

interface ContentsCardProps {
  box: string;
  contents: UseQueryResult<Box>;
  /** What has been found while checking; null while not checking. */
  checked: ReadonlySet<string> | null;
}

/** What is in the package, by product; while checking, what has been found and what is missing. */
export function ContentsCard({ box, contents, checked }: ContentsCardProps) {
  const { t } = useTranslation();
  const things = contents.data?.inside ?? [];
  const products = [...new Set(things.map((one) => one.product ?? ''))];
  return (
    <section className="card" aria-label={t('packages.contents')}>
      <div className="card-head">
        <h2>{t('packages.contents')}</h2>
        <span className="number hint">{(contents.data?.count ?? 0).toLocaleString()}</span>
        <span className="grow" />
        <Link to={`/items/${encodeURIComponent(box)}?tab=parts`} className="hint">
          {t('life.parts.graph')} ›
        </Link>
      </div>
      {contents.isError && <ProblemAlert problem={contents.error} />}
      {contents.isSuccess && things.length === 0 && (
        <EmptyState icon="package" title={t('packages.isEmpty')}>
          {t('packages.isEmptyHow')}
        </EmptyState>
      )}
      {contents.data !== undefined && contents.data.contents.length > 0 && (
        <ul className="packing-sums">
          {contents.data.contents.map((one) => (
            <li key={`${one.product ?? ''} ${one.batch ?? ''}`} className="row">
              <span className="mono">{one.product}</span>
              <span className="mono muted grow">{one.batch}</span>
              <b className="number">{one.count.toLocaleString()}</b>
            </li>
          ))}
        </ul>
      )}
      {products.map((product) => {
        const own = things.filter((one) => (one.product ?? '') === product);
        return (
          <div key={product} className="packing-group">
            <p className="row">
              <b className="mono">{product === '' ? t('life.package') : product}</b>
              <span className="number hint">{own.length}</span>
            </p>
            <ul>
              {own.map((one) => (
                <li
                  key={one.code}
                  className={checked !== null && !checked.has(one.code) ? 'packing-open' : ''}
                >
                  {checked !== null && <Icon name={checked.has(one.code) ? 'check' : 'more'} size={14} />}
                  <Link
                    to={
                      product === ''
                        ? `/packages/${encodeURIComponent(one.code)}`
                        : `/items/${encodeURIComponent(one.code)}`
                    }
                  >
                    <Code value={one.code} copy={false} />
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
