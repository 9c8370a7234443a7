"""From a portal's catalogue to tables in our own words, with the facts that follow from vocabularies and calendars."""
