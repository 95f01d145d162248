package org.heraldlb.bfd.sessions;

/** What the parts of one engine share. */
record Crew(SessionTable table, Agenda agenda, Transmitter transmitter, News news) {}
