import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Tag } from '../../components/Tags';
import type { Tone } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { RollDetail, RollLabel } from './calls';
import { listLabels } from './calls';
import { ExportRoll } from './ExportRoll';

const TONES: Record<RollLabel['state'], Tone> = {
  ready: 'grey',
  issued: 'teal',
  bound: 'green',
  spoiled: 'red',
};

/** Every label of a roll in the order in which they stand on it, or those that were passed over. */
export function LabelList({ roll, missing = false }: { roll: RollDetail; missing?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters(['label'] as const);
  const state = missing ? 'missing' : filters.label;
  return (
    <>
      <FilterBar>
        {missing ? (
          <span className="hint grow">{t('rolls.missingHow')}</span>
        ) : (
          <ChoiceFilter
            label={t('state_')}
            value={filters.label}
            onChange={(label) => setFilters({ label })}
            options={(['ready', 'issued', 'bound', 'spoiled'] as const).map((value) => ({
              value,
              label: t(`rolls.state.${value}`),
            }))}
          />
        )}
        <ExportRoll code={roll.code} state={state} />
      </FilterBar>
      <KeyPagedTable<RollLabel>
        label={t('rolls.labels')}
        queryKey={['rolls', 'labels', roll.code, state]}
        fetchPage={(after, signal) => listLabels(roll.code, { state, after }, signal)}
        rowKey={(row) => `${row.namespace} ${row.code}`}
        onOpen={(row) => row.item !== null && void navigate(`/items/${encodeURIComponent(row.item)}`)}
        columns={[
          {
            title: t('rolls.setNumber'),
            key: 'set',
            align: 'right',
            render: (_, row) => <span className="number">{row.set}</span>,
          },
          { title: t('rolls.partName'), dataIndex: 'part', key: 'part' },
          { title: t('code'), key: 'code', render: (_, row) => <Code value={row.code} /> },
          { title: t('state_'), key: 'state', render: (_, row) => <LabelState label={row} /> },
          {
            title: t('rolls.item'),
            key: 'item',
            render: (_, row) => row.item !== null && <Code value={row.item} copy={false} />,
          },
          { title: t('rolls.by'), dataIndex: 'changed_by', key: 'by' },
        ]}
        card={(row) => (
          <span className="row">
            <span className="number muted">{row.set}</span>
            <Code value={row.code} copy={false} />
            <span className="grow muted">{row.part}</span>
            <LabelState label={row} />
          </span>
        )}
        empty={
          <EmptyState
            icon={missing ? 'check' : 'qr'}
            title={missing ? t('rolls.noneMissing') : t('rolls.noLabels')}
          />
        }
      />
    </>
  );
}

function LabelState({ label }: { label: RollLabel }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <Tag tone={TONES[label.state]}>{t(`rolls.state.${label.state}`)}</Tag>
      {label.reason !== '' && (
        <span className="hint">{t(`rolls.reason.${label.reason}`, { defaultValue: label.reason })}</span>
      )}
    </span>
  );
}
