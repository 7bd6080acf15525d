import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { segmentClass } from '../../components/SegmentedCode';
import type { Kinds, Note, Part } from './calls';
import { PropertyField } from './PropertyField';
import type { Placed } from './segments';
import { fieldNames, kindOf, valueOf } from './segments';

interface PropertiesProps {
  segments: Placed[];
  chosen: number | null;
  kinds: Kinds;
  parts: Part[];
  problems: Note[];
  /** Missing when the user may only look. */
  onChange: ((id: number, parameter: string, value: unknown) => void) | undefined;
  onRemove: (id: number) => void;
}

/** The properties of the chosen segment, as the server declares its kind. */
export function Properties({
  segments,
  chosen,
  kinds,
  parts,
  problems,
  onChange,
  onRemove,
}: PropertiesProps) {
  const { t } = useTranslation();
  const place = segments.findIndex((one) => one.id === chosen);
  const segment = segments[place];
  if (segment === undefined) return <p className="muted codes-choose">{t('codes.chooseSegment')}</p>;
  const kind = kindOf(kinds, segment.body);
  const part = parts.find((one) => one.segment === place);
  const pointer = `/segments/${place}`;
  const others = problems.filter((note) => note.pointer === pointer || note.pointer === `${pointer}/kind`);
  return (
    <div className="codes-properties">
      <p className="row">
        <b className={`segment-badge ${segmentClass(segment.body.kind)}`}>
          {kind?.label ?? segment.body.kind}
        </b>
        <span className="muted grow">
          {part === undefined
            ? t('codes.nth', { place: place + 1 })
            : t('codes.nthAt', { place: place + 1, from: part.start + 1, to: part.end })}
        </span>
        {onChange !== undefined && (
          <Button
            type="text"
            size="small"
            icon={<Icon name="trash" size={16} />}
            aria-label={t('codes.removeSegment', { words: kind?.label ?? '' })}
            onClick={() => onRemove(segment.id)}
          />
        )}
      </p>
      {others.map((note, index) => (
        <p key={index} className="property-wrong" role="alert">
          {note.message} {note.advice}
        </p>
      ))}
      {kind?.parameters
        .filter((parameter) => parameter.name !== 'first_year' || segment.body['format'] === 'Y_LETTER')
        .map((parameter) => (
          <PropertyField
            key={`${segment.id} ${parameter.name}`}
            parameter={parameter}
            value={valueOf(segment.body, parameter)}
            notes={problems.filter((note) => inside(note.pointer, `${pointer}/${parameter.name}`))}
            kinds={kinds}
            names={fieldNames(segments.map((one) => one.body))}
            disabled={onChange === undefined}
            onChange={(value) => onChange?.(segment.id, parameter.name, value)}
          />
        ))}
    </div>
  );
}

function inside(pointer: string | null, of: string): boolean {
  return pointer === of || (pointer?.startsWith(`${of}/`) ?? false);
}
