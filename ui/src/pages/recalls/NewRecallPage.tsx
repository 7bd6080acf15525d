import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import { DayField } from '../../components/DayField';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useDebounced } from '../../components/useDebounced';
import { postRecall, usePreview } from './calls';
import { UnitTags } from './BatchTags';
import { CriteriaRows } from './CriteriaRows';
import type { CriterionRow } from './criteria';
import { CRITERIA, criteriaOf, newRow } from './criteria';
import { PreviewCard } from './PreviewCard';
import './recalls.css';

/** Open a recall: what it is about, what it takes, and what that would be, before anything happens. */
export function NewRecallPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [name, setName] = useState('');
  const [mock, setMock] = useState(params.get('mock') === '1');
  const [deadline, setDeadline] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [products, setProducts] = useState<string[]>([]);
  const [rows, setRows] = useState<CriterionRow[]>(() => begun(params));
  const [confirmed, setConfirmed] = useState(false);
  const [key] = useState(newClientKey);
  const criteria = criteriaOf(rows, products);
  // Compared as text, since the criteria are made anew with every stroke.
  const still = useDebounced(JSON.stringify(criteria), 400);
  const preview = usePreview(JSON.parse(still) as typeof criteria);
  const asks = (preview.data?.warnings.length ?? 0) > 0;
  const open = useMutation({
    mutationFn: () =>
      postRecall({
        name: name.trim(),
        mock,
        criteria: criteria ?? { any: [] },
        deadline: deadline === null ? null : `${deadline}T23:59:59+08:00`,
        note: note.trim(),
        confirmed,
        client_key: key,
      }),
    onSuccess: (made) => void navigate(`/recalls/${encodeURIComponent(made.id)}`, { replace: true }),
  });
  const ready =
    name.trim() !== '' && criteria !== null && still === JSON.stringify(criteria) && preview.isSuccess;
  return (
    <Page title={t('recalls.new')} beside={t('recalls.newHow')}>
      <div className="recall-new">
        <form
          className="card recall-form"
          onSubmit={(event) => {
            event.preventDefault();
            open.mutate();
          }}
        >
          <Form.Item label={t('recalls.name')} required layout="vertical" htmlFor="recall-name">
            <Input
              id="recall-name"
              value={name}
              maxLength={200}
              placeholder={t('recalls.nameExample')}
              onChange={(event) => setName(event.target.value)}
            />
          </Form.Item>
          <h2>{t('recalls.what')}</h2>
          <CriteriaRows
            rows={rows}
            onChange={(next) => {
              setRows(next);
              setConfirmed(false);
            }}
          />
          <div className="field-row recall-more">
            <Form.Item label={t('recalls.units')} layout="vertical" extra={t('recalls.unitsHow')}>
              <UnitTags value={products} onChange={setProducts} />
            </Form.Item>
            <Form.Item label={t('recalls.deadline')} layout="vertical">
              <DayField value={deadline} aria-label={t('recalls.deadline')} onChange={setDeadline} />
            </Form.Item>
          </div>
          <Form.Item label={t('note')} layout="vertical">
            <Input.TextArea
              value={note}
              aria-label={t('note')}
              autoSize={{ minRows: 1, maxRows: 5 }}
              maxLength={2000}
              placeholder={t('recalls.noteExample')}
              onChange={(event) => setNote(event.target.value)}
            />
          </Form.Item>
          <label className="row">
            <Switch checked={mock} onChange={setMock} aria-label={t('recalls.mock')} />
            <b>{t('recalls.mock')}</b>
            <span className="muted">{t('recalls.mockHow')}</span>
          </label>
          {asks && (
            <Checkbox checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>
              {t('recalls.confirmed')}
            </Checkbox>
          )}
          <ProblemAlert problem={open.error} />
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            danger={!mock}
            disabled={!ready || (asks && !confirmed)}
            loading={open.isPending}
          >
            {t(mock ? 'recalls.openMock' : 'recalls.open', { count: preview.data?.total ?? 0 })}
          </Button>
        </form>
        <PreviewCard
          preview={preview.data}
          pending={preview.isFetching || still !== JSON.stringify(criteria)}
          error={preview.error}
          empty={criteria === null}
        />
      </div>
    </Page>
  );
}

/** Rows from the address: `/recalls/new?batch=PB-2609-B` begins with that batch. */
function begun(params: URLSearchParams): CriterionRow[] {
  const kind = CRITERIA.find((one) => params.has(one));
  if (kind === undefined) return [newRow(1)];
  return [{ ...newRow(1, kind), values: { [kind]: params.get(kind) ?? '' } }];
}
