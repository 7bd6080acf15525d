import { useTranslation } from 'react-i18next';
import type { ItemDetail } from '../../api/items';
import { Code } from '../../components/Code';

/** Everything that, scanned, leads to this item. */
export function Identifiers({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const identifiers = item.identifiers;
  return (
    <section className="card" aria-label={t('life.identifiers')}>
      <div className="card-head">
        <h2>{t('life.identifiers')}</h2>
        <span className="hint">{t('life.identifiersHow')}</span>
      </div>
      <dl className="identifiers">
        {identifiers.map((one) => (
          <div key={`${one.namespace} ${one.value}`}>
            <dt>
              {one.namespace === 'own' && one.value !== item.code
                ? t('life.namespace.old')
                : t(`life.namespace.${one.namespace}`, { defaultValue: one.namespace })}
            </dt>
            <dd>
              <Code value={one.value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
