import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { EditDrawer } from '../../components/EditDrawer';
import { PartnerSelect, PlaceSelect } from '../../components/pickers';
import type { IssueValues, RollDetail } from './calls';
import { issueRoll, returnLabels, spoilLabels } from './calls';

interface DrawerProps {
  roll: RollDetail;
  open: boolean;
  onClose: () => void;
}

function useDone(onClose: () => void) {
  const queries = useQueryClient();
  return () => {
    onClose();
    void queries.invalidateQueries({ queryKey: ['rolls'] });
  };
}

const ISSUE: IssueValues = {
  first_set: null,
  last_set: null,
  place: null,
  line: '',
  partner: null,
  document: '',
};

/** Giving labels out to a place, a line or a person. */
export function IssueDrawer({ roll, open, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const done = useDone(onClose);
  return (
    <EditDrawer<IssueValues>
      open={open}
      title={t('rolls.issueTitle', { code: roll.code })}
      initial={ISSUE}
      save={(values) => issueRoll(roll.code, values)}
      onSaved={done}
      onClose={onClose}
      above={<p className="hint">{t('rolls.inStore', { count: roll.balance.ready })}</p>}
    >
      <SetFields sets={roll.sets} />
      <Form.Item name="line" label={t('rolls.line')}>
        <Input placeholder="A" />
      </Form.Item>
      <Form.Item name="place" label={t('place')}>
        <PlaceSelect />
      </Form.Item>
      <Form.Item name="partner" label={t('rolls.person')} extra={t('rolls.personHow')}>
        <PartnerSelect />
      </Form.Item>
      <Form.Item name="document" label={t('rolls.document')}>
        <Input className="mono" placeholder="WO-2611-07" />
      </Form.Item>
    </EditDrawer>
  );
}

interface ReturnValues {
  first_set: number | null;
  last_set: number | null;
}
const RETURN: ReturnValues = { first_set: null, last_set: null };

/** Taking back what was not used. */
export function ReturnDrawer({ roll, open, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const done = useDone(onClose);
  return (
    <EditDrawer<ReturnValues>
      open={open}
      title={t('rolls.returnTitle', { code: roll.code })}
      initial={RETURN}
      save={(values) => returnLabels(roll.code, values.first_set, values.last_set)}
      onSaved={done}
      onClose={onClose}
      above={<p className="hint">{t('rolls.outside', { count: roll.balance.left })}</p>}
    >
      <SetFields sets={roll.sets} />
    </EditDrawer>
  );
}

interface SpoilValues {
  codes: string;
  reason: string;
  note: string;
  whole_set: boolean;
}
const SPOIL: SpoilValues = { codes: '', reason: 'torn', note: '', whole_set: false };
const REASONS = ['torn', 'misprint', 'unreadable', 'trial', 'lost', 'other'];

/** Noting labels that cannot be used any more. */
export function SpoilDrawer({ roll, open, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const done = useDone(onClose);
  return (
    <EditDrawer<SpoilValues>
      open={open}
      title={t('rolls.spoilTitle', { code: roll.code })}
      initial={SPOIL}
      save={(values) =>
        spoilLabels(
          values.codes.split(/[\s,，、;；]+/).filter((code) => code !== ''),
          values.reason,
          values.note,
          values.whole_set,
        )
      }
      onSaved={done}
      onClose={onClose}
    >
      <Form.Item
        name="codes"
        label={t('rolls.spoilCodes')}
        extra={t('rolls.spoilCodesHow')}
        rules={[{ required: true, message: t('required', { field: t('rolls.spoilCodes') }) }]}
      >
        <Input.TextArea rows={5} className="mono" autoFocus />
      </Form.Item>
      <Form.Item name="whole_set" valuePropName="checked">
        <Checkbox>{t('rolls.spoilSet')}</Checkbox>
      </Form.Item>
      <Form.Item name="reason" label={t('rolls.why')}>
        <Select options={REASONS.map((value) => ({ value, label: t(`rolls.reason.${value}`) }))} />
      </Form.Item>
      <Form.Item name="note" label={t('note')}>
        <Input />
      </Form.Item>
    </EditDrawer>
  );
}

function SetFields({ sets }: { sets: number }) {
  const { t } = useTranslation();
  return (
    <div className="field-row">
      <Form.Item name="first_set" label={t('rolls.fromSet')}>
        <InputNumber min={1} max={sets} precision={0} placeholder="1" />
      </Form.Item>
      <Form.Item name="last_set" label={t('rolls.toSet')} extra={t('rolls.allSets')}>
        <InputNumber min={1} max={sets} precision={0} placeholder={String(sets)} />
      </Form.Item>
    </div>
  );
}
