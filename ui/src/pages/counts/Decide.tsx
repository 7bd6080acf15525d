import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, Difference, DifferenceKind } from './calls';

const ACTIONS: Record<DifferenceKind, Decision[]> = {
  missing: ['lost', 'leave'],
  surplus: ['in_stock', 'leave'],
  wrong_place: ['move', 'leave'],
  quantity: ['adjust', 'leave'],
  unknown: ['leave'],
};

interface DecideProps {
  row: Difference;
  editable: boolean;
  onDecide: (line: { line: number; action: Decision; reason: string }) => Promise<unknown>;
}

/** What is done about one difference, and why; kept at once. */
export function Decide({ row, editable, onDecide }: DecideProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState(row.reason);
  const choices = row.moved ? (['leave'] as const) : ACTIONS[row.kind];
  const what = row.item ?? row.product ?? row.raw ?? '';
  const save = (action: Decision) => {
    if (action === row.action && reason.trim() === row.reason) return;
    // What is refused stands above the list.
    void onDecide({ line: row.line, action, reason: reason.trim() }).catch(() => undefined);
  };
  if (!editable) {
    return (
      <span className="count-name">
        <span>{t(`counts.action.${row.action}`)}</span>
        {row.reason !== '' && <span className="hint">{row.reason}</span>}
      </span>
    );
  }
  return (
    <span className="count-decide">
      {choices.length > 1 ? (
        <Select<Decision>
          value={row.action}
          aria-label={t('counts.diff.decideOf', { what })}
          popupMatchSelectWidth={false}
          options={choices.map((value) => ({ value, label: t(`counts.action.${value}`) }))}
          onChange={save}
        />
      ) : (
        <span className="count-only">{t(`counts.action.${row.action}`)}</span>
      )}
      <Input
        value={reason}
        maxLength={200}
        placeholder={t('counts.diff.reason')}
        aria-label={t('counts.diff.reasonOf', { what })}
        onChange={(event) => setReason(event.target.value)}
        onBlur={() => save(row.action)}
        onPressEnter={() => save(row.action)}
      />
    </span>
  );
}
