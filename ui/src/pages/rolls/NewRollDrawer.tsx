import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';
import { EditDrawer } from '../../components/EditDrawer';
import { Icon } from '../../components/Icon';
import { ProductSelect } from '../../components/pickers';
import { RuleSelect } from '../products/selects';
import type { NewPart, NewRoll, PartKind } from './calls';
import { makeRoll } from './calls';
import './rolls.css';

const part = (name: string, kind: PartKind, count = 1): NewPart => ({
  name,
  kind,
  count,
  way: 'rule',
  rule: null,
  codes: '',
  namespace: kind === 'alias' ? 'colour_box' : 'own',
  package_type: null,
});

interface NewRollDrawerProps {
  open: boolean;
  onClose: () => void;
  onMade: (code: string) => void;
}

/** Having a roll made: which labels stand in one set, where their codes come from, how many sets. */
export function NewRollDrawer({ open, onClose, onMade }: NewRollDrawerProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <EditDrawer<NewRoll>
      open={open}
      width={640}
      title={t('rolls.new')}
      initial={initial(t('rolls.part.piece'))}
      save={async (values) => {
        const made = await makeRoll(values);
        onMade(made.code);
      }}
      onSaved={() => {
        void queries.invalidateQueries({ queryKey: ['rolls'] });
        onClose();
      }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <div className="field-row">
            <Form.Item name="code" label={t('rolls.number')} rules={[{ required: true }]}>
              <Input className="mono" placeholder="R2611-01" />
            </Form.Item>
            <Form.Item name="name" label={t('name')}>
              <Input />
            </Form.Item>
          </div>
          <div className="field-row">
            <Form.Item name="product" label={t('product')} rules={[{ required: true }]}>
              <ProductSelect />
            </Form.Item>
            <Form.Item name="sets" label={t('rolls.sets')} extra={t('rolls.setsHow')}>
              <InputNumber min={1} max={100_000} precision={0} />
            </Form.Item>
          </div>
          <h3>{t('rolls.inASet')}</h3>
          <p className="hint">{t('rolls.inASetHow')}</p>
          <Form.List name="parts">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <PartFields
                    key={key}
                    place={name}
                    {...(fields.length > 1 && { onRemove: () => remove(name) })}
                  />
                ))}
                <span className="row">
                  <Button
                    icon={<Icon name="plus" />}
                    onClick={() =>
                      add(part(t('rolls.part.alias'), 'alias', pieces(form.getFieldsValue().parts)))
                    }
                  >
                    {t('rolls.addAlias')}
                  </Button>
                  <Button
                    icon={<Icon name="plus" />}
                    onClick={() => add(part(t('rolls.part.package'), 'package'))}
                  >
                    {t('rolls.addPackage')}
                  </Button>
                </span>
              </>
            )}
          </Form.List>
        </>
      )}
    </EditDrawer>
  );
}

/** How many pieces there are in a set: every one of them has its further labels. */
const pieces = (parts: NewPart[]) => parts.find((one) => one.kind === 'piece')?.count ?? 1;

let first: NewRoll | undefined;

/** What the form begins with: the same object while the page is shown, so that typing is not lost. */
function initial(piece: string): NewRoll {
  if (first?.parts[0]?.name !== piece) {
    first = { code: '', name: '', product: null, sets: null, parts: [part(piece, 'piece')] };
  }
  return first;
}

function PartFields({ place, onRemove }: { place: number; onRemove?: () => void }) {
  const { t } = useTranslation();
  const values = Form.useWatch<NewPart | undefined>(['parts', place]);
  const types = useQuery({
    queryKey: ['packages', 'types', 'names'],
    queryFn: async ({ signal }) =>
      (
        await http.get<{ types: { code: string; name: string; active: boolean }[] }>(
          '/package-types',
          { limit: 1000 },
          signal,
        )
      ).types.filter((one) => one.active),
    enabled: values?.kind === 'package',
  });
  return (
    <fieldset className="roll-part" aria-label={values?.name ?? ''}>
      <div className="roll-part-head">
        <b>{t(`rolls.partKind.${values?.kind ?? 'piece'}`)}</b>
        {onRemove && values?.kind !== 'piece' && (
          <Button type="text" icon={<Icon name="trash" size={16} />} onClick={onRemove}>
            {t('delete')}
          </Button>
        )}
      </div>
      <Form.Item name={[place, 'kind']} hidden>
        <Input />
      </Form.Item>
      <div className="field-row">
        <Form.Item name={[place, 'name']} label={t('rolls.partName')} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
        <Form.Item name={[place, 'count']} label={t('rolls.perSet')}>
          <InputNumber min={1} max={1000} precision={0} />
        </Form.Item>
      </div>
      {values?.kind === 'alias' && (
        <Form.Item name={[place, 'namespace']} label={t('rolls.namespace')} extra={t('rolls.namespaceHow')}>
          <Input className="mono" />
        </Form.Item>
      )}
      {values?.kind === 'package' && (
        <Form.Item name={[place, 'package_type']} label={t('rolls.packageType')}>
          <Select
            allowClear
            loading={types.isLoading}
            options={types.data?.map((one) => ({ value: one.code, label: `${one.code} ${one.name}` })) ?? []}
          />
        </Form.Item>
      )}
      <Form.Item name={[place, 'way']} label={t('rolls.codesFrom')}>
        <Segmented
          block
          options={[
            { value: 'rule', label: t('rolls.byRule') },
            { value: 'codes', label: t('rolls.byList') },
          ]}
        />
      </Form.Item>
      {values?.way === 'codes' ? (
        <Form.Item name={[place, 'codes']} extra={t('rolls.listHow')}>
          <Input.TextArea rows={3} className="mono" placeholder="SN0001-SN0500" />
        </Form.Item>
      ) : (
        <Form.Item name={[place, 'rule']}>
          <RuleSelect placeholder={t('rolls.chooseRule')} />
        </Form.Item>
      )}
    </fieldset>
  );
}
