package org.heraldlb.api.host;

/** What the kernel was told that decides whether a service address works. Read when asked, for diagnosis only. */
public interface KernelSettings {

    /** The settings of one interface, now. Any thread; reads a dozen small files. Never fails: what cannot be read is absent. */
    LinkSettings of(String link);
}
