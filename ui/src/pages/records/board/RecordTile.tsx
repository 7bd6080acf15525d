import { useKinds } from '../../../forms/calls';
import type { FormRecord } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { asText, isEmpty } from '../../../forms/model';
import { CellValue } from '../CellValue';
import { titleOf } from '../titleOf';
import type { ViewOptions } from '../views/model';
import { cardFields } from '../views/setup';
import { Cover } from './Cover';

const SHOWN = 3;

/** What a card is called. */
export function tileTitle(record: FormRecord, fields: readonly FormField[], options: ViewOptions): string {
  const chosen = fields.find((one) => one.code === options.title);
  if (chosen === undefined) return titleOf(record, fields);
  const titles = record.titles[chosen.id];
  const value = asText(record.values[chosen.code]);
  return asText(titles?.[value]) || value || `#${record.id}`;
}

interface RecordTileProps {
  record: FormRecord;
  fields: readonly FormField[];
  options: ViewOptions;
  /** A field that says nothing here, such as that of the column. */
  besides?: string | undefined;
  cover?: 'always' | 'if there';
}

/** A record as a card: its picture, what it is called, and a few of its fields. */
export function RecordTile({ record, fields, options, besides, cover }: RecordTileProps) {
  const kinds = useKinds();
  const title = tileTitle(record, fields, options);
  const chosen = options.fields?.flatMap((code) => fields.find((one) => one.code === code) ?? []);
  const usual = cardFields(fields, kinds)
    .filter(
      (one) =>
        one.code !== besides && one.code !== options.title && asText(record.values[one.code]) !== title,
    )
    .filter((one) => !['image', 'attachment', 'signature', 'rich_text', 'long_text'].includes(one.kind));
  const told = (chosen !== undefined && chosen.length > 0 ? chosen : usual)
    .filter((one) => !isEmpty(record.values[one.code]))
    .slice(0, chosen !== undefined && chosen.length > 0 ? chosen.length : SHOWN);
  const picture = fields.find((one) => one.code === options.cover);
  return (
    <>
      {cover !== undefined && (
        <Cover value={picture && record.values[picture.code]} title={title} always={cover === 'always'} />
      )}
      <span className="tile-body">
        <b className="tile-title" title={title}>
          {title}
        </b>
        {told.map((one) => (
          <span key={one.id} className="tile-line">
            <span className="muted">{one.title}</span>
            <span className="tile-value">
              <CellValue record={record} field={one} />
            </span>
          </span>
        ))}
      </span>
    </>
  );
}
