//! Rules about the settings themselves, which are judged when all findings are known.

super::rules![expired_ignore, invalid_ignore, unused_ignore];
