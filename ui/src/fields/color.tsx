import { ColorPicker } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

/** A colour (颜色). */
export function Input({ id, value, onChange, disabled, describedBy }: InputProps) {
  const colour = asText(value);
  return (
    <span id={id} aria-describedby={describedBy}>
      <ColorPicker
        value={colour === '' ? null : colour}
        disabled={disabled ?? false}
        disabledAlpha
        allowClear
        showText={() => <span className="mono">{colour === '' ? '—' : colour}</span>}
        onChangeComplete={(next) =>
          onChange(next.cleared ? null : next.toHexString().slice(0, 7).toUpperCase())
        }
        onClear={() => onChange(null)}
      />
    </span>
  );
}

export function Show({ value }: ShowProps) {
  const colour = asText(value);
  return (
    <span className="row">
      <span className="field-swatch" style={{ background: colour }} aria-hidden />
      <span className="mono">{colour}</span>
    </span>
  );
}
