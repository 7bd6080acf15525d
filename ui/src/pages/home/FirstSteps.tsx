import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { getStock } from '../../api/client';
import { http } from '../../api/http';
import { listPlaces, listProducts } from '../../api/master';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';

const STEPS = [
  { key: 'product', to: '/products?open=%2B' },
  { key: 'place', to: '/places' },
  { key: 'rule', to: '/codes' },
  { key: 'make', to: '/making' },
] as const;

type Step = (typeof STEPS)[number]['key'];

async function progress(signal: AbortSignal): Promise<Record<Step, boolean>> {
  const one = { limit: 1 };
  const [products, places, rules, stock] = await Promise.all([
    listProducts(one, signal),
    listPlaces(one, signal),
    http.get<Record<string, unknown>>('/code-rules', one, signal),
    getStock(undefined, signal),
  ]);
  return {
    product: products.rows.length > 0,
    place: places.rows.length > 0,
    rule: Object.values(rules).some((value) => Array.isArray(value) && value.length > 0),
    make: stock.rows.length > 0,
  };
}

/** The way from an empty system to the first scan, shown to who may go it until it has been gone. */
export function FirstSteps() {
  const { t } = useTranslation();
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['home', 'steps'],
    queryFn: ({ signal }) => progress(signal),
    enabled: may('products.edit') && may('items.view'),
    staleTime: 30_000,
  });
  if (data === undefined || data.make) return null;
  const next = STEPS.find((step) => !data[step.key])?.key;
  return (
    <section className="card" aria-label={t('home.steps.title')}>
      <div className="card-head">
        <h2>{t('home.steps.title')}</h2>
        <span className="hint">{t('home.steps.hint')}</span>
      </div>
      <ol className="first-steps">
        {STEPS.map((step, index) => (
          <li key={step.key}>
            <Link to={step.to} className={step.key === next ? 'step step-next' : 'step'}>
              <span className={data[step.key] ? 'step-sign step-done' : 'step-sign'}>
                {data[step.key] ? <Icon name="check" size={16} /> : index + 1}
              </span>
              <span>
                <b>{t(`home.steps.${step.key}`)}</b>
                <span className="hint">{t(`home.steps.${step.key}Hint`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
