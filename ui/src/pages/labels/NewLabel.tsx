import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Modal, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { blank, USUAL_SIZES } from '../../labels/template';
import type { LabelSummary, ReadyLabel } from './calls';
import { createLabel, getLabel, getReady } from './calls';
import { Thumbnail } from './Thumbnail';

interface NewLabelProps {
  /** The label that is copied, if it is not to begin from a ready one. */
  copy: LabelSummary | null;
  onClose: () => void;
}

/** A new label: from one that comes with the product, from nothing, or as a copy. */
export function NewLabel({ copy, onClose }: NewLabelProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [from, setFrom] = useState<'ready' | 'blank'>('ready');
  const [chosen, choose] = useState<ReadyLabel | null>(null);
  const [size, setSize] = useState<readonly [number, number]>([60, 40]);
  const [name, setName] = useState(copy === null ? '' : t('labels.copyName', { name: copy.name }));
  const [code, setCode] = useState(copy === null ? '' : `${copy.code}-2`);
  const create = useMutation({
    mutationFn: async () => {
      const template =
        copy !== null
          ? (await getLabel(copy.code)).template
          : from === 'ready' && chosen !== null
            ? chosen.template
            : blank(size[0], size[1]);
      const publish = copy !== null || from === 'ready';
      return createLabel({ code: code.trim(), name: name.trim(), template, publish });
    },
    onSuccess: async (label) => {
      await queries.invalidateQueries({ queryKey: ['labels', 'list'] });
      void navigate(`/labels/${encodeURIComponent(label.code)}`);
    },
  });
  const take = (ready: ReadyLabel) => {
    choose(ready);
    setName(ready.name);
    setCode(ready.code);
  };
  const complete =
    name.trim() !== '' && code.trim() !== '' && (copy !== null || from === 'blank' || chosen !== null);
  return (
    <Modal
      open
      width={copy === null ? 880 : 480}
      title={copy === null ? t('labels.new') : t('labels.copyTitle', { name: copy.name })}
      onCancel={onClose}
      okText={t(copy === null ? 'labels.begin' : 'labels.copyOf')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !complete, loading: create.isPending }}
      onOk={() => create.mutate()}
    >
      <div className="stack">
        {copy === null && (
          <>
            <Segmented<'ready' | 'blank'>
              value={from}
              aria-label={t('labels.from')}
              options={[
                { value: 'ready', label: t('labels.fromReady') },
                { value: 'blank', label: t('labels.fromBlank') },
              ]}
              onChange={setFrom}
            />
            {from === 'ready' ? (
              <Gallery chosen={chosen} onChoose={take} />
            ) : (
              <Sizes size={size} onChange={setSize} />
            )}
          </>
        )}
        <div className="label-new-names">
          <label>
            <span className="muted">{t('name')}</span>
            <Input
              value={name}
              maxLength={100}
              placeholder={t('labels.nameExample')}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label>
            <span className="muted">{t('code')}</span>
            <Input
              className="mono"
              value={code}
              maxLength={60}
              placeholder="PLATE-60X40"
              onChange={(event) => setCode(event.target.value)}
            />
          </label>
        </div>
        <ProblemAlert problem={create.error} />
      </div>
    </Modal>
  );
}

function Gallery({ chosen, onChoose }: { chosen: ReadyLabel | null; onChoose: (ready: ReadyLabel) => void }) {
  const { t, i18n } = useTranslation();
  const ready = useQuery({
    queryKey: ['labels', 'ready', i18n.language],
    queryFn: ({ signal }) => getReady(signal),
    staleTime: Infinity,
  });
  if (ready.isPending) return <Skeleton active />;
  return (
    <>
      <ProblemAlert problem={ready.error} />
      <ul className="label-gallery" aria-label={t('labels.fromReady')}>
        {ready.data?.map((one) => (
          <li key={one.code}>
            <button
              type="button"
              className="label-ready"
              aria-pressed={chosen?.code === one.code}
              onClick={() => onChoose(one)}
            >
              <span className="label-ready-picture">
                <Thumbnail name={one.name} template={one.template} />
              </span>
              <b>{one.name}</b>
              <span className="hint">{one.note}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface SizesProps {
  size: readonly [number, number];
  onChange: (size: readonly [number, number]) => void;
}

/** The usual sizes drawn to one scale, or any other. */
function Sizes({ size, onChange }: SizesProps) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <ul className="label-sizes" aria-label={t('labels.usualSizes')}>
        {USUAL_SIZES.map(([width, height]) => (
          <li key={`${width} ${height}`}>
            <Button
              className="label-size"
              type={size[0] === width && size[1] === height ? 'primary' : 'default'}
              onClick={() => onChange([width, height])}
            >
              <span className="label-size-shape" style={{ width: width * 0.42, height: height * 0.42 }} />
              <span className="number">
                {width} × {height}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <div className="row">
        <Icon name="rect" size={16} />
        <InputNumber
          aria-label={t('labels.measure.width_mm')}
          value={size[0]}
          min={3}
          max={500}
          suffix="mm"
          onChange={(value) => onChange([value ?? size[0], size[1]])}
        />
        ×
        <InputNumber
          aria-label={t('labels.measure.height_mm')}
          value={size[1]}
          min={3}
          max={1000}
          suffix="mm"
          onChange={(value) => onChange([size[0], value ?? size[1]])}
        />
      </div>
    </div>
  );
}
