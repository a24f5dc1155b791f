//! Rules about the documents of one folder together.

super::rules![];
