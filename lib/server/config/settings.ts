import 'server-only';

/** Settings by their names, before they are parsed. */
export type Settings = Record<string, string | undefined>;

/** `reason` follows the setting's name in a sentence. Neither contains a value. */
export type SettingFault = { name: string; reason: string };
