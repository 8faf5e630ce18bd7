"""The promises of saves, each with what could break it."""
