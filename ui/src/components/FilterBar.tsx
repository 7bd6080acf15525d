import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './filterbar.css';
import { Icon } from './Icon';
import { useDebounced } from './useDebounced';

/** The row of filters above a list. */
export function FilterBar({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="filter-bar" role="group">
      {children}
      {actions !== undefined && <div className="filter-actions">{actions}</div>}
    </div>
  );
}

interface SearchProps {
  value: string | undefined;
  onChange: (value: string) => void;
  label: string;
}

/** A search field that waits until the typing rests. */
export function SearchField({ value = '', onChange, label }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const still = useDebounced(typed);
  useEffect(() => {
    if (still !== value) onChange(still);
    // Only the user's own typing counts; the address changing under us is taken over below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [still]);
  return (
    <Input
      className="filter-search"
      allowClear
      value={typed}
      prefix={<Icon name="search" size={16} />}
      placeholder={label}
      aria-label={label}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

interface ChoiceProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  label: string;
  options: { value: string; label: string }[];
}

/** A filter by one of a few values. */
export function ChoiceFilter({ value, onChange, label, options }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <Select<string>
      className="filter-choice"
      allowClear
      value={value}
      placeholder={t('filterAll', { label })}
      aria-label={label}
      options={options}
      onChange={(next: string | undefined) => onChange(next)}
      popupMatchSelectWidth={false}
    />
  );
}
