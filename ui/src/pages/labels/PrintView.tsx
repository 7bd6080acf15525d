import { Button, Segmented } from 'antd';
import type { PointerEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Point } from '../../labels/geometry';
import type { Dpi } from '../../labels/template';
import { DOTS_PER_MM, RESOLUTIONS } from '../../labels/template';
import { useMode } from '../../shell/mode';
import { palettes } from '../../theme';
import { useDesk } from './desk';
import { faults } from './faults';
import type { Raster } from './useRaster';

const FOLDED = 'mazhi.labels.folded';

/** What the print head sees: the server's dots, one on the screen for each on the paper. */
export function PrintView() {
  const { t } = useTranslation();
  const { raster, pending, problem, dpi, setDpi } = useDesk();
  const [at, setAt] = useState<Point | null>(null);
  const [folded, setFolded] = useState(() => localStorage.getItem(FOLDED) === 'yes');
  const fold = () => {
    localStorage.setItem(FOLDED, folded ? 'no' : 'yes');
    setFolded(!folded);
  };
  return (
    <section className="ld-print" aria-label={t('labels.head')}>
      <header className="ld-print-head">
        <Button
          type="text"
          size="small"
          className={folded ? 'ld-fold ld-folded' : 'ld-fold'}
          aria-expanded={!folded}
          aria-label={t('labels.foldHead')}
          icon={<Icon name="down" size={14} />}
          onClick={fold}
        />
        <h2>{t('labels.head')}</h2>
        {raster !== null && (
          <span className="hint">
            {t('labels.headSize', { dpi: raster.dpi, width: raster.width, height: raster.height })}
          </span>
        )}
        <span className={pending ? 'ld-pending ld-pending-on' : 'ld-pending'} aria-hidden="true" />
        <span className="grow" />
        <Segmented<Dpi>
          size="small"
          aria-label={t('labels.resolution')}
          value={dpi}
          options={RESOLUTIONS.map((value) => ({ value, label: `${value}` }))}
          onChange={setDpi}
        />
      </header>
      {/* What is wrong with an element stands among the checks. */}
      {faults(problem).length === 0 && <ProblemAlert problem={problem} />}
      {raster !== null && !folded && (
        <div className="ld-print-body">
          <div className="ld-dots" tabIndex={0} role="group" aria-label={t('labels.headPicture')}>
            <img
              src={raster.image.src}
              width={raster.width / window.devicePixelRatio}
              height={raster.height / window.devicePixelRatio}
              alt={t('labels.headPicture')}
              draggable={false}
              onPointerMove={(event) => setAt(dotUnder(event, raster))}
            />
          </div>
          <div className="ld-proof">
            <Loupe raster={raster} at={at} />
            <Reads raster={raster} />
          </div>
        </div>
      )}
    </section>
  );
}

function dotUnder(event: PointerEvent<HTMLImageElement>, raster: Raster): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return {
    x: Math.floor(((event.clientX - box.left) / box.width) * raster.width),
    y: Math.floor(((event.clientY - box.top) / box.height) * raster.height),
  };
}

const TIMES = 6;
const WIDE = 50;
const HIGH = 18;

/** The dots around a place, six times as large, each seen for itself. */
function Loupe({ raster, at }: { raster: Raster; at: Point | null }) {
  const { t } = useTranslation();
  const { board } = useDesk();
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = palettes[useMode()];
  const centre = at ?? worthSeeing(raster, board.selected);
  const left = Math.max(0, Math.min(raster.width - WIDE, centre.x - WIDE / 2));
  const top = Math.max(0, Math.min(raster.height - HIGH, centre.y - HIGH / 2));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.imageSmoothingEnabled = false;
    context.fillStyle = colours.labelPaper;
    context.fillRect(0, 0, WIDE * TIMES, HIGH * TIMES);
    context.drawImage(raster.image, left, top, WIDE, HIGH, 0, 0, WIDE * TIMES, HIGH * TIMES);
    context.strokeStyle = colours.labelGuide;
    context.globalAlpha = 0.35;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = 0; x <= WIDE; x += 1) {
      context.moveTo(x * TIMES + 0.5, 0);
      context.lineTo(x * TIMES + 0.5, HIGH * TIMES);
    }
    for (let y = 0; y <= HIGH; y += 1) {
      context.moveTo(0, y * TIMES + 0.5);
      context.lineTo(WIDE * TIMES, y * TIMES + 0.5);
    }
    context.stroke();
    context.globalAlpha = 1;
  }, [raster, left, top, colours]);
  return (
    <figure className="ld-loupe">
      <figcaption className="hint">{t('labels.loupe', { times: TIMES })}</figcaption>
      <canvas ref={canvas} width={WIDE * TIMES} height={HIGH * TIMES} aria-hidden="true" />
    </figure>
  );
}

/** Where nobody points: the middle of what is selected, else of the first code. */
function worthSeeing({ template, dpi }: Raster, selected: string[]): Point {
  const one =
    template.elements.find((each) => selected.includes(each.id)) ??
    template.elements.find((each) => each.kind === 'barcode') ??
    template.elements[0];
  const scale = DOTS_PER_MM[dpi];
  if (one === undefined) return { x: 0, y: 0 };
  return { x: Math.round((one.x + one.w / 2) * scale), y: Math.round((one.y + one.h / 2) * scale) };
}

/** Whether a decoder reads in the picture what each code should say. */
function Reads({ raster }: { raster: Raster }) {
  const { t } = useTranslation();
  const { kinds } = useDesk();
  if (raster.reads.length === 0) return <p className="hint">{t('labels.noCodes')}</p>;
  return (
    <ul className="ld-reads" aria-label={t('labels.reads')}>
      {raster.reads.map((read, index) => {
        const name = kinds.carriers.find((one) => one.name === read.symbology)?.label ?? read.symbology;
        return (
          <li key={index} className={read.ok ? 'ld-read' : 'ld-read ld-unread'}>
            <Icon name={read.ok ? 'check' : 'close'} size={16} />
            <span>
              <b>{t(read.ok ? 'labels.readSame' : 'labels.readNot', { name })}</b>
              <span className="mono">{read.content}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
