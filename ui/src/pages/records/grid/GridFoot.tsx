import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../forms/model';
import type { ViewOptions } from '../views/model';
import { TotalValue } from './TotalValue';
import type { List } from './useList';

interface GridFootProps {
  list: List;
  fields: readonly FormField[];
  options: ViewOptions;
  chosen: number;
}

/** How many records there are, and what they add up to; what costs is counted only when somebody asks. */
export function GridFoot({ list, fields, options, chosen }: GridFootProps) {
  const { t } = useTranslation();
  const totals = Object.entries(options.totals ?? {});
  return (
    <footer className="grid-foot" role="group" aria-label={t('records.foot')}>
      <span className="muted">
        {list.count === undefined
          ? t('records.shown', { count: list.rows.length })
          : t('records.all', { count: list.count })}
        {chosen > 0 && ` · ${t('records.chosen', { count: chosen })}`}
        {list.count === undefined && (
          <Button type="link" size="small" loading={list.counting} onClick={list.countAll}>
            {t('records.countAll')}
          </Button>
        )}
      </span>
      {list.totals !== undefined && totals.length > 0 && (
        <span className="grid-foot-totals">
          {totals.map(([code, method]) => {
            const field = fields.find((one) => one.code === code);
            return (
              field !== undefined && (
                <span key={code}>
                  <span className="muted">
                    {field.title}
                    {method !== 'sum' && ` · ${t(`records.total.${method}`)}`}
                  </span>
                  <TotalValue field={field} method={method} value={list.totals?.[`${code}:${method}`]} />
                </span>
              )
            );
          })}
        </span>
      )}
    </footer>
  );
}
