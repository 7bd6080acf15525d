import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { ScanBox } from '../../components/ScanBox';
import { Tag } from '../../components/Tags';
import type { Kinds } from '../../labels/declared';
import { looksOf } from '../../labels/elements/family';
import { asRead } from '../../labels/values';
import type { Label } from './calls';
import { PrintPanel } from './PrintPanel';
import { useFields } from './useFields';
import { useRaster } from './useRaster';
import { useSamples } from './useSamples';

/** A label on a phone: looked at with any item's data, and printed. It is drawn at a desk. */
export function PhoneLabel({ label, kinds }: { label: Label; kinds: Kinds }) {
  const { t } = useTranslation();
  const samples = useSamples();
  const fields = useFields(samples.code);
  const { template } = label;
  const { raster, problem } = useRaster(template, samples.code, 203);
  const layers = [...template.elements].reverse().filter((one) => !one.hidden);
  return (
    <Page
      title={label.name}
      beside={
        <span className="row">
          {label.version === null ? (
            <Tag>{t('labels.unpublished')}</Tag>
          ) : (
            <Tag tone="green">{t('labels.publishedV', { version: label.version })}</Tag>
          )}
          <span className="number">
            {template.width_mm} × {template.height_mm} mm
          </span>
        </span>
      }
    >
      <div className="stack label-phone">
        <section className="card label-phone-picture" aria-label={t('labels.head')}>
          {raster !== null && (
            <img src={raster.image.src} alt={t('labels.pictureOf', { name: label.name })} />
          )}
          <ProblemAlert problem={problem} />
          <div className="row label-phone-sample">
            <Button
              aria-label={t('labels.sampleBefore')}
              icon={<Icon name="left" size={18} />}
              disabled={samples.step === undefined}
              onClick={() => samples.step?.(-1)}
            />
            <b className="mono grow">{samples.code ?? t('labels.noSample')}</b>
            <Button
              aria-label={t('labels.sampleNext')}
              icon={<Icon name="right" size={18} />}
              disabled={samples.step === undefined}
              onClick={() => samples.step?.(1)}
            />
          </div>
          <ScanBox onScan={(raw) => samples.choose(raw.trim())} />
        </section>
        <section className="card ld-printing-card">
          <PrintPanel
            code={label.code}
            published={label.version}
            draft={label.draft}
            sample={samples.code}
            offered={samples.codes}
            dpi={203}
            sheets={template.sheet !== null}
          />
        </section>
        <Alert type="info" showIcon title={t('labels.largerScreen')} />
        <section className="card" aria-label={t('labels.elements')}>
          <ul className="row-cards label-phone-elements">
            {layers.map((one) => (
              <li key={one.id}>
                <Icon name={looksOf(one.kind).icon} size={16} />
                <span className="grow">
                  <b>{one.name}</b>
                  <span className="hint">
                    {asRead(looksOf(one.kind).says?.(one) ?? '', fields) ||
                      kinds.elements.find((kind) => kind.name === one.kind)?.label}
                  </span>
                </span>
                <span className="number hint">
                  {one.x}, {one.y} · {one.w} × {one.h}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Page>
  );
}
