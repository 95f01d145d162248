package org.heraldlb.core;

/**
 * Identity of a service and its place among others: the higher ranking wins, among equal ones the older.
 *
 * @param ranking {@code service.ranking}
 * @param id {@code service.id}
 */
public record Rank(int ranking, long id) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
        int byRanking = Integer.compare(ranking, other.ranking);
        return byRanking != 0 ? byRanking : Long.compare(other.id, id);
    }
}
