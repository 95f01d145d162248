package org.heraldlb.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.view.Listing;

/** {@code herald:problems}. */
@Service
@Command(scope = "herald", name = "problems", description = "Everything that was refused or does not work")
public final class HeraldProblems extends Query {

    @Override
    public String execute() {
        return show(Listing.problems(view.snapshot()));
    }
}
