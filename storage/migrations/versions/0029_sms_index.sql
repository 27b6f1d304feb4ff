-- What is asked of the provider, and whose an answer is, without reading every message.

CREATE INDEX message_sms_left ON message (handed_at) WHERE channel = 'sms' AND route = 'live';

CREATE INDEX message_sms_number ON message (recipient, handed_at) WHERE channel = 'sms' AND route = 'live';
