package org.heraldlb.configsource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import org.heraldlb.configsource.mapping.ConfigKind;
import org.heraldlb.configsource.mapping.ConfigState.Configured;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

final class AdminConfigurationsTest {

    private static Configuration configuration(String factoryPid, String name, Map<String, Object> properties) {
        return stub(
                Configuration.class,
                Map.of(
                        "getFactoryPid",
                        factoryPid,
                        "getPid",
                        factoryPid + "~" + name,
                        "getProperties",
                        new Hashtable<>(properties)));
    }

    private static ConfigurationAdmin admin(Configuration... configurations) {
        return stub(ConfigurationAdmin.class, Map.of("listConfigurations", configurations));
    }

    /** Answers null to everything that {@code answers} does not name. */
    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answers.get(method.getName())));
    }

    @Test
    void listsOurFactoryConfigurationsByPid() throws IOException {
        Map<String, Configured> listed = new AdminConfigurations(admin(
                        configuration("org.heraldlb.pool", "b", Map.of("addresses", "192.0.2.0/28")),
                        configuration("org.heraldlb.service", "a", Map.of()),
                        configuration("org.heraldlb.other", "c", Map.of())))
                .list();
        assertThat(listed).containsOnlyKeys("org.heraldlb.pool~b", "org.heraldlb.service~a");
        assertThat(listed.get("org.heraldlb.pool~b").kind()).isEqualTo(ConfigKind.POOL);
        assertThat(listed.get("org.heraldlb.pool~b").properties()).containsEntry("addresses", "192.0.2.0/28");
    }

    @Test
    void noConfigurationAtAllIsNullInConfigAdminAndEmptyHere() throws IOException {
        assertThat(new AdminConfigurations(stub(ConfigurationAdmin.class, Map.of())).list())
                .isEmpty();
    }

    @Test
    void aConfigurationThatWasCreatedAndNeverUpdatedIsLeftOut() throws IOException {
        Configuration empty = stub(
                Configuration.class, Map.of("getFactoryPid", "org.heraldlb.pool", "getPid", "org.heraldlb.pool~a"));
        assertThat(new AdminConfigurations(admin(empty)).list()).isEmpty();
    }
}
