import { useMutation } from '@tanstack/react-query';
import { Button, InputNumber, Popover, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';

/** What is known of a file, whatever is to come of it. */
interface Looked {
  name: string;
  sheets: string[];
  sheet: string;
  header_rows: number[];
}

interface FileLineProps<G extends Looked> {
  guess: G;
  /** Looks at another sheet, or takes another row for the header. */
  look: (sheet: string, row: number | null) => Promise<G>;
  onChange: (guess: G, headerRow: number | null) => void;
  onOther: () => void;
}

/** Which file, which sheet, which row is the header; all can be put right here. */
export function FileLine<G extends Looked>({ guess, look, onChange, onOther }: FileLineProps<G>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [first = 1, last = 1] = guess.header_rows;
  const again = useMutation({
    mutationFn: ({ sheet, row }: { sheet: string; row: number | null }) => look(sheet, row),
    onSuccess: (found, { row }) => onChange(found, row),
  });
  const form = (
    <div className="stack file-form">
      {guess.sheets.length > 1 && (
        <label>
          <span>{t('import.sheet')}</span>
          <Select
            value={guess.sheet}
            options={guess.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            onChange={(sheet) => again.mutate({ sheet, row: null })}
          />
        </label>
      )}
      <label>
        <span>{t('import.headerRow')}</span>
        <InputNumber<number>
          min={1}
          precision={0}
          value={last}
          onChange={(row) => {
            if (row !== null) again.mutate({ sheet: guess.sheet, row });
          }}
        />
      </label>
      <ProblemAlert problem={again.error} />
    </div>
  );
  return (
    <div className="file-line">
      <Icon name="audit" size={16} />
      <b>{guess.name}</b>
      <span className="hint">
        {guess.sheet !== '' && `${t('import.inSheet', { sheet: guess.sheet })} · `}
        {first === last ? t('import.header', { row: last }) : t('import.headers', { first, last })}
      </span>
      <Popover content={form} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight">
        <Button size="small" loading={again.isPending}>
          {t('import.adjust')}
        </Button>
      </Popover>
      <Button size="small" onClick={onOther}>
        {t('import.other')}
      </Button>
    </div>
  );
}
