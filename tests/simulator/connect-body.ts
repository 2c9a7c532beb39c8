/** Connect's answer for an order, with the fields in the order of its documentation. */
export type ConnectBody = {
  chat_messages: ConnectChatMessage[];
  lifecycle_messages: ConnectLifecycleMessage[];
  metadata: ConnectMetadata;
};

export type ConnectParty = 'user' | 'driver';

export type ConnectChatMessage = {
  id: number;
  order_id: number;
  created_at: string;
  recipient_id: number;
  recipient_type: ConnectParty;
  sender_id: number;
  sender_type: ConnectParty;
  read: boolean;
  read_at?: string;
  body: string;
  image?: string;
};

export type ConnectLifecycleMessage = {
  notification_id: number;
  medium: string;
  recipient_phone_number?: string;
  sent_from?: string;
  created_at: string;
  sent_at: string;
  delivered_at: string;
  body: string;
  image?: string;
};

export type ConnectMetadata = {
  customer: ConnectUser;
  current_shopper?: ConnectUser;
  shoppers: ConnectUser[];
  is_expired: boolean;
};

export type ConnectUser = { id: number; display_name: string; avatar_url?: string };
