import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Switch } from 'antd';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { getPlace, PLACE_KINDS } from '../../api/master';
import { Code } from '../../components/Code';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { PlaceSelect } from '../../components/pickers';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { PlaceValues } from './calls';
import { changePlace, createPlace, deletePlace, valuesOf } from './calls';

interface PlaceDrawerProps {
  /** The place's code, '+' for a new one, null for none. */
  code: string | null;
  /** Where a new one lies. */
  parent: string | null;
  onClose: () => void;
  /** With the code of the place that is to be shown then. */
  onSaved: (code: string | null) => void;
}

/** Adding, changing or moving one place. */
export function PlaceDrawer({ code, parent, onClose, onSaved }: PlaceDrawerProps) {
  const { t } = useTranslation();
  const fresh = code === '+';
  const saved = useRef<string | null>(null);
  const found = useQuery({
    queryKey: ['places', 'edit', code],
    queryFn: ({ signal }) => getPlace(code ?? '', signal),
    enabled: code !== null && !fresh,
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const place = fresh ? undefined : found.data;
  const initial = useMemo<PlaceValues>(
    () =>
      place
        ? valuesOf(place)
        : { code: '', name: '', kind: parent === null ? 'warehouse' : 'zone', parent, active: true },
    [place, parent],
  );
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  return (
    <EditDrawer<PlaceValues>
      open={code !== null}
      title={fresh ? t('places.add') : <Code value={code ?? ''} />}
      initial={initial}
      save={async (values) => {
        const kept = await (place ? changePlace(place.version, values) : createPlace(values));
        saved.current = kept.code;
      }}
      onSaved={() => onSaved(saved.current)}
      onClose={onClose}
      above={<ProblemAlert problem={found.error} />}
      danger={
        place &&
        !place.used && (
          <DeleteButton
            name={place.code}
            onDelete={() => deletePlace(place.code)}
            onDeleted={() => onSaved(place.parent)}
          />
        )
      }
    >
      <div className="field-row">
        <Form.Item name="code" label={t('code')} rules={required(t('code'))}>
          <Input className="mono" disabled={!fresh} autoComplete="off" placeholder="WH1" />
        </Form.Item>
        <Form.Item name="kind" label={t('kind')}>
          <Select options={PLACE_KINDS.map((value) => ({ value, label: t(`placeKind.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="name" label={t('name')} rules={required(t('name'))}>
        <Input placeholder={t('places.nameExample')} />
      </Form.Item>
      <Form.Item name="parent" label={t('places.parent')} extra={t('places.parentHint')}>
        <PlaceSelect placeholder={t('places.root')} />
      </Form.Item>
      {!fresh && (
        <Form.Item name="active" label={t('places.activeLabel')} valuePropName="checked" layout="horizontal">
          <Switch />
        </Form.Item>
      )}
    </EditDrawer>
  );
}
