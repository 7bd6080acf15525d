import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { BatchSelect, PartnerSelect, PlaceSelect, ProductSelect } from '../../components/pickers';
import { useIsPhone } from '../../components/useIsPhone';
import { useStates } from '../../components/useStates';
import type { ItemFilters } from './calls';
import { FILTERS } from './calls';

interface ItemFilterBarProps {
  filters: ItemFilters;
  onChange: (change: Partial<Record<(typeof FILTERS)[number], string | null | undefined>>) => void;
}

/** The filters above the list of items; on a phone all but the search are behind a button. */
export function ItemFilterBar({ filters, onChange }: ItemFilterBarProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [open, setOpen] = useState(false);
  const count = Object.keys(filters).filter((name) => name !== 'prefix').length;
  const clear = count > 0 && (
    <Button
      type="text"
      icon={<Icon name="close" size={14} />}
      onClick={() => onChange(Object.fromEntries(FILTERS.map((name) => [name, null])))}
    >
      {t('items.clearFilters')}
    </Button>
  );
  const search = (
    <SearchField
      key={filters.prefix === undefined ? 'none' : 'some'}
      value={filters.prefix}
      label={t('items.prefix')}
      onChange={(prefix) => onChange({ prefix: prefix.trim() })}
    />
  );
  if (!phone) {
    return (
      <div className="items-filters">
        <FilterBar actions={clear}>
          {search}
          <Filters filters={filters} onChange={onChange} />
        </FilterBar>
      </div>
    );
  }
  return (
    <div className="items-filters items-search">
      {search}
      <Badge count={count} color="var(--ink)">
        <Button icon={<Icon name="filter" />} onClick={() => setOpen(true)}>
          {t('filter')}
        </Button>
      </Badge>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="80%"
        title={t('filter')}
        extra={clear}
      >
        <div className="items-drawer">
          <Filters filters={filters} onChange={onChange} />
        </div>
      </Drawer>
    </div>
  );
}

function Filters({ filters, onChange }: ItemFilterBarProps) {
  const { t } = useTranslation();
  const { all, named } = useStates();
  const words = (names: string[], group: string) =>
    names.map((value) => ({ value, label: t(`${group}.${value}`) }));
  return (
    <>
      <ProductSelect
        className="filter-choice"
        value={filters.product ?? null}
        placeholder={t('product')}
        aria-label={t('product')}
        onChange={(product) => onChange({ product, batch: null })}
      />
      <BatchSelect
        className="filter-choice"
        product={filters.product ?? null}
        value={filters.batch ?? null}
        placeholder={t('batch_')}
        aria-label={t('batch_')}
        onChange={(batch) => onChange({ batch })}
      />
      <ChoiceFilter
        value={filters.state}
        label={t('state_')}
        options={all.map((state) => ({ value: state.code, label: named(state.code).name }))}
        onChange={(state) => onChange({ state })}
      />
      <PlaceSelect
        className="filter-choice"
        value={filters.place ?? null}
        placeholder={t('place')}
        aria-label={t('place')}
        onChange={(place) => onChange({ place })}
      />
      <PartnerSelect
        className="filter-choice"
        value={filters.holder ?? null}
        placeholder={t('items.holder')}
        aria-label={t('items.holder')}
        onChange={(holder) => onChange({ holder })}
      />
      <ChoiceFilter
        value={filters.quality}
        label={t('items.quality')}
        options={words(['pending', 'released', 'concession', 'rejected'], 'quality')}
        onChange={(quality) => onChange({ quality })}
      />
      <ChoiceFilter
        value={filters.mark}
        label={t('items.mark')}
        options={words(['held', 'recalled', 'suspect'], 'mark')}
        onChange={(mark) => onChange({ mark })}
      />
      <ChoiceFilter
        value={filters.kind}
        label={t('kind')}
        options={[
          { value: 'serial', label: t('items.piece') },
          { value: 'package', label: t('items.package') },
        ]}
        onChange={(kind) => onChange({ kind })}
      />
    </>
  );
}
