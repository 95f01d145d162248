package org.heraldlb.membership.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code org.heraldlb.membership}. */
@ObjectClassDefinition(name = "Herald membership", description = "Which nodes run Herald and are alive")
@interface MembershipConfig {

    @AttributeDefinition(
            description = "addresses or names of all nodes, this one too, separated by commas; empty: none")
    String peers() default "";

    @AttributeDefinition(description = "a name that has an address for each node; empty: none")
    String dns() default "";

    @AttributeDefinition(description = "true: the addresses of the Kubernetes cluster's nodes")
    boolean kubernetes() default false;

    @AttributeDefinition(description = "this node's address; empty: the one among the peers that this host has")
    String bind() default "";

    @AttributeDefinition(description = "UDP and TCP port, 1 to 65535")
    int port() default 7946;

    @AttributeDefinition(description = "name of the cluster; nodes of another name are not listened to")
    String cluster() default "herald";

    /** A name with a dot in front is no service property, so that nobody else sees the key. */
    @AttributeDefinition(type = AttributeType.PASSWORD, description = "the same on all nodes, 16 characters or more")
    String _key() default "";

    @AttributeDefinition(description = "true: without a key; anybody who can send to the port can be a member")
    boolean insecure() default false;

    @AttributeDefinition(
            description = "nodes that the cluster has in all, for majorities; 0: as many as there are peers")
    int size() default 0;

    @AttributeDefinition(description = "milliseconds of silence after which a node is gone, 100 to 60000")
    int detection() default 600;

    @AttributeDefinition(description = "milliseconds between beats; 0: a sixth of detection")
    int interval() default 0;

    @AttributeDefinition(description = "milliseconds that a majority's word is worth; 0: as detection")
    int lease() default 0;

    @AttributeDefinition(
            description = "true: a silent node whose host does not answer pings either is gone without further waiting")
    boolean ping() default true;
}
