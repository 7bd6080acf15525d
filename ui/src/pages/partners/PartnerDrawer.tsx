import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getPartner, PARTNER_KINDS } from '../../api/master';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { PartnerValues } from './calls';
import { changePartner, createPartner, deletePartner, NEW_PARTNER, valuesOf } from './calls';
import { PROVINCES } from './regions';

interface PartnerDrawerProps {
  code: string | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Adding or changing one partner. */
export function PartnerDrawer({ code, onClose, onSaved }: PartnerDrawerProps) {
  const { t } = useTranslation();
  const may = useMay();
  const fresh = code === '+';
  const found = useQuery({
    queryKey: ['partners', 'one', code],
    queryFn: ({ signal }) => getPartner(code ?? '', signal),
    enabled: code !== null && !fresh,
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const partner = fresh ? undefined : found.data;
  const initial = useMemo<PartnerValues>(() => (partner ? valuesOf(partner) : NEW_PARTNER), [partner]);
  const readOnly = !may('partners.edit');
  return (
    <EditDrawer<PartnerValues>
      open={code !== null}
      title={fresh ? t('partners.add') : <Code value={code ?? ''} />}
      initial={initial}
      readOnly={readOnly}
      save={(values) => (partner ? changePartner(partner.version, values) : createPartner(values))}
      onSaved={onSaved}
      onClose={onClose}
      above={<ProblemAlert problem={found.error} />}
      danger={
        partner &&
        !readOnly &&
        !partner.used && (
          <DeleteButton
            name={partner.code}
            onDelete={() => deletePartner(partner.code)}
            onDeleted={onSaved}
          />
        )
      }
    >
      <PartnerFields fresh={fresh} />
    </EditDrawer>
  );
}

function PartnerFields({ fresh }: { fresh: boolean }) {
  const { t, i18n } = useTranslation();
  const kind = Form.useWatch<string | undefined>('kind');
  const english = i18n.language === 'en';
  const provinces = PROVINCES.map(([value, zh, en]) => ({ value, label: english ? en : zh }));
  const sells = kind === 'dealer' || kind === 'store';
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  return (
    <>
      <div className="field-row">
        <Form.Item name="code" label={t('code')} rules={required(t('code'))}>
          <Input className="mono" disabled={!fresh} autoComplete="off" placeholder="D-GD-01" />
        </Form.Item>
        <Form.Item name="kind" label={t('kind')}>
          <Select options={PARTNER_KINDS.map((value) => ({ value, label: t(`partnerKind.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="name" label={t('name')} rules={required(t('name'))}>
        <Input />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="region" label={t('partners.region')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={provinces} />
        </Form.Item>
        <Form.Item name="phone" label={t('partners.phone')}>
          <Input className="mono" inputMode="tel" autoComplete="off" />
        </Form.Item>
      </div>
      {sells && (
        <Form.Item name="regions" label={t('partners.regions')} extra={t('partners.regionsHint')}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={provinces} />
        </Form.Item>
      )}
      {!fresh && (
        <Form.Item
          name="active"
          label={t('partners.activeLabel')}
          valuePropName="checked"
          layout="horizontal"
        >
          <Switch />
        </Form.Item>
      )}
    </>
  );
}
