package org.heraldlb.core.plan;

/**
 * Settings of planning.
 *
 * @param ignoreExcludeLabel nodes with the exclude label may announce ({@code --ignore-exclude-lb} of MetalLB)
 * @param assumeHealthy health checks that nobody runs count as passed: for plans made from files
 * @param shadow everything is decided, and only services that are taken over are announced
 */
public record PlanOptions(boolean ignoreExcludeLabel, boolean assumeHealthy, boolean shadow) {

    public static final PlanOptions DEFAULT = new PlanOptions(false, false);

    /** For plans of files: nobody runs the health checks. */
    public static final PlanOptions OFFLINE = new PlanOptions(false, true);

    /** Not a shadow. */
    public PlanOptions(boolean ignoreExcludeLabel, boolean assumeHealthy) {
        this(ignoreExcludeLabel, assumeHealthy, false);
    }
}
