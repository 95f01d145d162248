package org.heraldlb.filesource.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.heraldlb.filesource.directory.DirectoryProblems;
import org.heraldlb.filesource.directory.DocumentNames;
import org.heraldlb.filesource.directory.Entry;
import org.heraldlb.filesource.directory.Listing;
import org.heraldlb.filesource.directory.Reading;

/** Looks at one directory and reads its files. Blocks on the file system and keeps nothing open. */
public final class DirectoryReader {

    /** Change time and inode as well: a file that is replaced or written with its old time kept is still noticed. */
    private static final String ATTRIBUTES = "unix:isRegularFile,dev,ino,size,lastModifiedTime,ctime";

    private final Path directory;
    private final long maxBytes;
    private final DocumentParser parser;

    /** Files of more than {@code maxBytes} are refused. */
    public DirectoryReader(Path directory, long maxBytes, DocumentParser parser) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.parser = parser;
    }

    /** One look; files last written before {@code oldBefore} are named as old. */
    public Listing list(Instant oldBefore) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        Set<String> old = new HashSet<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                String name = path.getFileName().toString();
                if (DocumentNames.isDocument(name)) {
                    Look look = look(path);
                    entries.put(name, look.entry());
                    if (look.written().isBefore(oldBefore)) {
                        old.add(name);
                    }
                }
            }
            return Listing.of(entries, old);
        } catch (NoSuchFileException gone) {
            return Listing.missing();
        } catch (DirectoryIteratorException wrapped) {
            return Listing.unreadable(reason(wrapped.getCause()));
        } catch (IOException fault) {
            return Listing.unreadable(reason(fault));
        }
    }

    private record Look(Entry entry, Instant written) {
        static Look of(Entry entry) {
            return new Look(entry, Instant.MAX);
        }
    }

    private static Look look(Path path) {
        try {
            Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES);
            if (!(boolean) found.get("isRegularFile")) {
                return Look.of(Entry.SPECIAL);
            }
            FileTime modified = (FileTime) found.get("lastModifiedTime");
            FileTime changed = (FileTime) found.get("ctime");
            String stamp = String.join(
                    ":",
                    found.get("dev").toString(),
                    found.get("ino").toString(),
                    found.get("size").toString(),
                    Long.toString(modified.to(TimeUnit.NANOSECONDS)),
                    Long.toString(changed.to(TimeUnit.NANOSECONDS)));
            Instant newest = modified.compareTo(changed) > 0 ? modified.toInstant() : changed.toInstant();
            return new Look(Entry.file(stamp), newest);
        } catch (NoSuchFileException gone) {
            return Look.of(Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Entry.DANGLING : Entry.ABSENT);
        } catch (IOException fault) {
            return Look.of(Entry.unreadable(reason(fault)));
        }
    }

    /** Reads a file that looked like {@code expected}; overtaken when it looks different afterwards. */
    public Reading read(String name, Entry expected) {
        Path path = directory.resolve(name);
        Reading reading = read(name, path);
        return look(path).entry().equals(expected) ? reading : Reading.overtaken();
    }

    private Reading read(String name, Path path) {
        try {
            long size = Files.size(path);
            if (size > maxBytes) {
                return Reading.unfit(DirectoryProblems.tooLarge(name, size, maxBytes));
            }
            // The bound holds even when the file grows meanwhile; that it did shows in its stamp.
            try (InputStream in = Files.newInputStream(path)) {
                return decode(name, in.readNBytes((int) size));
            }
        } catch (IOException fault) {
            return Reading.failed(DirectoryProblems.unreadable(name, reason(fault)));
        }
    }

    private Reading decode(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            return Reading.unfit(DirectoryProblems.notUtf8(name, in.position()));
        }
        String text = out.flip().toString();
        return parser.parse(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static String reason(IOException fault) {
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (fault instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (fault instanceof NoSuchFileException) {
            return "no such file";
        }
        if (fault instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(fault.getMessage());
    }
}
