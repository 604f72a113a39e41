//! What is proposed from what was said.
