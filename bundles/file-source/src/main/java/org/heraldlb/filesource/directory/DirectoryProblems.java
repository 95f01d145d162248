package org.heraldlb.filesource.directory;

import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;

/** The problems that files have whatever is written in them. */
public final class DirectoryProblems {

    private DirectoryProblems() {}

    static Problem missingDirectory(String directory) {
        return Problem.warning("missingDirectory", directory, "the directory does not exist; nothing comes from files")
                .at(directory, "", "")
                .withFix("create it, or set 'directory' in org.heraldlb.filesource");
    }

    static Problem unreadableDirectory(String directory, String reason) {
        return Problem.error(
                        "unreadableDirectory",
                        directory,
                        "the directory cannot be read (" + reason + "); what was read before stays in force")
                .at(directory, "", "")
                .withFix("let the user that Herald runs as read and enter it");
    }

    static Problem dangling(String file) {
        return Problem.warning("danglingLink", file, "the link's target does not exist; the file counts as removed")
                .at(file, "", "");
    }

    static Problem special(String file) {
        return Problem.warning("notAFile", file, "only regular files are read; this one is skipped")
                .at(file, "", "");
    }

    static Problem restless(String file) {
        return Problem.warning(
                        "fileKeepsChanging",
                        file,
                        "the file is written again and again without a pause; its last good state stays in force")
                .at(file, "", "")
                .withFix("write it to another name and rename it");
    }

    /** The file is there and cannot be read because of {@code reason}. */
    public static Problem unreadable(String file, String reason) {
        return Problem.error(
                        "unreadableFile",
                        file,
                        "the file cannot be read (" + reason + "); its last good state stays in force")
                .at(file, "", "")
                .withFix("let the user that Herald runs as read it");
    }

    /** The file has more than {@code limit} bytes. */
    public static Problem tooLarge(String file, long size, long limit) {
        return Problem.error(
                        "fileTooLarge",
                        file,
                        "the file has " + size + " bytes, at most " + limit
                                + " are read; its last good state stays in force")
                .at(file, "", Long.toString(size))
                .withFix("split it, or raise 'file.max.bytes' in org.heraldlb.filesource");
    }

    /** The file's bytes are not text. */
    public static Problem notUtf8(String file, long offset) {
        return Problem.error(
                        "notUtf8",
                        file,
                        "the file is not UTF-8 (first bad byte at offset " + offset
                                + "); its last good state stays in force")
                .at(file, "", "")
                .withFix("save it as UTF-8");
    }

    static Problem duplicate(ConfigObject winner, ConfigObject loser) {
        String subject = loser.ref().toString();
        return Problem.error(
                        "duplicateObject",
                        subject,
                        subject + " stands in " + winner.origin().document() + " and in "
                                + loser.origin().document() + "; the first by file name counts")
                .at(loser.origin().document(), "metadata.name", loser.name())
                .withFix("remove one of the two");
    }
}
