/** Every setting, set but empty: so a developer's own .env does not reach tests and demo. */
export const blankEnv = {
  CONNECT_ACCESS_TOKEN: '',
  CONNECT_BASE_URL: '',
  CONNECT_CLIENT_ID: '',
  CONNECT_CLIENT_SECRET: '',
  CONNECT_RETAILER_ID: '',
  EMBED_ORIGINS: '',
  IMAGE_HOSTS: '',
  LINKS_API_KEY: '',
  LINK_KEYS: '',
  LINK_MAX_DAYS: '',
  MESSAGING: '',
  PUBLIC_URL: '',
  RETAILER_COLOR: '',
  RETAILER_LOGO_URL: '',
  RETAILER_NAME: '',
  SUPPORT_URL: '',
};
