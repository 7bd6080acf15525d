import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Contents } from './calls';

interface ContentsCardProps {
  box: string;
  contents: UseQueryResult<Contents>;
  /** What has been found while checking; null while not checking. */
  checked: ReadonlySet<string> | null;
}

/** What is in the package, by product; while checking, what has been found and what is missing. */
export function ContentsCard({ box, contents, checked }: ContentsCardProps) {
  const { t } = useTranslation();
  const things = contents.data?.things ?? [];
  const products = [...new Set(things.map((one) => one.product ?? ''))];
  return (
    <section className="card" aria-label={t('packages.contents')}>
      <div className="card-head">
        <h2>{t('packages.contents')}</h2>
        <span className="number hint">{things.length}</span>
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
