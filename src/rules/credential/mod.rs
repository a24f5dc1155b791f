//! Rules about credentials in plain text, wherever in a document they are.

super::rules![
    plaintext_aws_credentials,
    plaintext_log_credential,
    plaintext_secret,
    plaintext_url_password,
    secret_in_command,
    suspected_secret,
];
