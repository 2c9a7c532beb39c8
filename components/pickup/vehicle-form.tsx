import { useId, type Ref } from 'react';
import type { VehicleDraft } from '@/lib/client/pickup/vehicle-state';
import {
  MAX_MODEL_LENGTH,
  MAX_PLATE_LENGTH,
  VEHICLE_COLORS,
  VEHICLE_KINDS,
} from '@/lib/order/pickup';
import { Button } from '@/components/ui/button';
import { usePickupCopy } from '@/lib/client/copy/pickup-copy';

// Smaller text makes iOS zoom in when the field gets the focus.
const FIELD =
  'mt-1 block min-h-11 w-full min-w-0 rounded-field border border-quiet bg-page px-3 text-base text-ink';

type Props = {
  ref: Ref<HTMLFormElement>;
  draft: VehicleDraft;
  isSaving: boolean;
  /** Why the vehicle was not saved; empty before the first attempt. */
  failure: string;
  onEdit: (field: keyof VehicleDraft, text: string) => void;
  onSave: () => void;
  onCancel: () => void;
};

/** Every field is optional and a plate may have any form: the store's staff read it. */
export function VehicleForm(props: Props) {
  const copy = usePickupCopy().vehicle;
  const { ref, draft, isSaving, failure, onEdit, onSave, onCancel } = props;
  const id = useId();
  const text = (field: 'model' | 'plate') => ({
    id: `${id}${field}`,
    type: 'text',
    dir: 'auto',
    autoComplete: 'off',
    autoCorrect: 'off',
    spellCheck: false,
    enterKeyHint: 'done' as const,
    className: FIELD,
    readOnly: isSaving,
    value: draft[field],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onEdit(field, event.target.value),
  });
  return (
    <form
      ref={ref}
      noValidate
      aria-label={copy.title}
      className="mt-2 max-w-md"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Label htmlFor={`${id}model`} text={copy.model} />
      <input {...text('model')} autoFocus autoCapitalize="words" maxLength={MAX_MODEL_LENGTH} />
      <div className="mt-3 flex flex-wrap gap-3">
        <Choice
          label={copy.kind}
          value={draft.kind}
          options={VEHICLE_KINDS.map((kind) => [kind, copy.kinds[kind]])}
          onChange={(kind) => onEdit('kind', kind)}
        />
        <Choice
          label={copy.color}
          value={draft.color}
          options={VEHICLE_COLORS.map((color) => [color, copy.colors[color]])}
          onChange={(color) => onEdit('color', color)}
        />
      </div>
      <div className="mt-3">
        <Label htmlFor={`${id}plate`} text={copy.plate} />
        <input {...text('plate')} autoCapitalize="characters" maxLength={MAX_PLATE_LENGTH} />
      </div>
      {failure && <p className="mt-3 text-sm">{failure}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          aria-disabled={isSaving}
          className="px-6 forced-colors:border forced-colors:aria-disabled:text-[GrayText]"
        >
          {isSaving ? copy.saving : copy.save}
        </Button>
        <Button
          variant="outline"
          aria-disabled={isSaving}
          className="min-h-11 px-6 aria-disabled:text-quiet"
          onClick={onCancel}
        >
          {copy.cancel}
        </Button>
      </div>
    </form>
  );
}

function Label({ htmlFor, text }: { htmlFor: string; text: string }) {
  return (
    <label htmlFor={htmlFor} className="text-sm font-medium">
      {text}
    </label>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: [value: string, name: string][];
  onChange: (value: string) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const copy = usePickupCopy().vehicle;
  const id = useId();
  return (
    <div className="min-w-0 flex-1 basis-24">
      <Label htmlFor={id} text={label} />
      <select
        id={id}
        autoComplete="off"
        className={FIELD}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{copy.choose}</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
